package dev.cortado.drivers.acpi.aml;

/** An event: signals that nobody has waited for yet. */
final class AmlEvent implements AmlObject {
    private long signals;

    void signal() {
        signals++;
    }

    void reset() {
        signals = 0;
    }

    /** Takes a signal; without one nothing will ever come, since only one thread runs AML. */
    boolean take() {
        if (signals == 0) {
            return false;
        }
        signals--;
        return true;
    }

    @Override
    public ObjectType type() {
        return ObjectType.EVENT;
    }
}
