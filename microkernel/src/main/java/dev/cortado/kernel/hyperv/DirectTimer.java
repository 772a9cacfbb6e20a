package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;

/**
 * A CPU's first synthetic timer in direct mode (TLFS, 12.4): it interrupts by a vector once the
 * reference time has reached a value.
 */
final class DirectTimer {
    private static final String REASON = HypervMachine.REASON;

    private static final int MSR_STIMER0_CONFIG = 0x4000_00b0;
    private static final int MSR_STIMER0_COUNT = 0x4000_00b1;

    /** Of the configuration: writing the count starts the timer, 0 stops it. */
    private static final long AUTO_ENABLE = 1 << 3;

    private static final int VECTOR_SHIFT = 4;
    private static final long DIRECT_MODE = 1 << 12;

    private final HypervMachine machine;

    DirectTimer(HypervMachine machine) {
        this.machine = machine;
    }

    /** This CPU's is to interrupt by that vector. */
    @Uninterruptible(reason = REASON)
    void enable(int vector) {
        machine.writeMsr(MSR_STIMER0_COUNT, 0);
        machine.writeMsr(
                MSR_STIMER0_CONFIG, AUTO_ENABLE | DIRECT_MODE | (long) vector << VECTOR_SHIFT);
    }

    /** This CPU's interrupts once the reference time is that many nanoseconds, now if it was. */
    @Uninterruptible(reason = REASON)
    void set(long nanos) {
        long units = (nanos + ReferenceClock.UNIT_NANOS - 1) / ReferenceClock.UNIT_NANOS;
        machine.writeMsr(MSR_STIMER0_COUNT, units > 0 ? units : 1);
    }

    @Uninterruptible(reason = REASON)
    void stop() {
        machine.writeMsr(MSR_STIMER0_COUNT, 0);
    }
}
