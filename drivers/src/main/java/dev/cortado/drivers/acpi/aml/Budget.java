package dev.cortado.drivers.acpi.aml;

/** What is left of the limits in one load or evaluation. */
final class Budget {
    private static final long MICROSECONDS = 1000;

    /** What an object takes beside its bytes or elements, about. */
    private static final int OBJECT_BYTES = 32;

    private final AmlLimits limits;
    private long steps;
    private long bytes;
    private long sleepMicroseconds;
    private int depth;

    Budget(AmlLimits limits) {
        this.limits = limits;
        steps = limits.steps();
        bytes = limits.bytes();
        sleepMicroseconds = limits.sleepMilliseconds() * MICROSECONDS;
    }

    void step() throws AmlException {
        steps(1);
    }

    /**
     * @param count not negative
     */
    void steps(long count) throws AmlException {
        if (count > steps) {
            throw new AmlException("More than " + limits.steps() + " steps");
        }
        steps -= count;
    }

    /** To be called before memory is taken. */
    void allocate(long count) throws AmlException {
        if (count < 0 || count > bytes - OBJECT_BYTES) {
            throw new AmlException("Objects of more than " + limits.bytes() + " bytes");
        }
        bytes -= count + OBJECT_BYTES;
    }

    /** One level deeper; {@link #leave} follows, whatever happens, unless this throws. */
    void enter() throws AmlException {
        if (depth >= limits.depth()) {
            throw new AmlException("Nested deeper than " + limits.depth());
        }
        depth++;
    }

    void leave() {
        depth--;
    }

    /**
     * @param microseconds unsigned
     */
    void sleep(long microseconds) throws AmlException {
        if (Long.compareUnsigned(microseconds, sleepMicroseconds) > 0) {
            throw new AmlException("Sleeps for more than " + limits.sleepMilliseconds() + " ms");
        }
        sleepMicroseconds -= microseconds;
    }

    int nodes() {
        return limits.nodes();
    }
}
