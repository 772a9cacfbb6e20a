package dev.cortado.drivers.acpi.aml;

/** A mutex. Only one thread runs AML, so that it is always free, or the thread's own. */
final class AmlMutex implements AmlObject {
    private int owned;

    void acquire() {
        owned++;
    }

    void release() throws AmlException {
        if (owned == 0) {
            throw new AmlException("Release of a mutex that was not acquired");
        }
        owned--;
    }

    @Override
    public ObjectType type() {
        return ObjectType.MUTEX;
    }
}
