package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.OrderedMemory;
import dev.cortado.kernel.time.LatestTime;
import dev.cortado.kernel.time.TickCounter;

/**
 * The hypervisor's reference time, which is the same on all CPUs and never goes back (TLFS, 12.3):
 * by the time-stamp counter where memory tells what that means, otherwise by a register, which
 * takes a thousand times as long.
 */
final class ReferenceClock {
    private static final String REASON = HypervMachine.REASON;

    private static final int MSR_TIME_REF_COUNT = 0x4000_0020;
    private static final int MSR_REFERENCE_TSC = 0x4000_0021;
    private static final long ENABLE = 1;

    /** A unit of the counter. */
    static final long UNIT_NANOS = 100;

    private final HypervMachine machine;
    private final ReferencePage page;
    private final LatestTime latest = new LatestTime();

    /** Address of the page, 0 if the register is all there is. */
    private long address;

    /** Whether the register has been used: it knows less of a time than the page does. */
    private volatile boolean mixed;

    ReferenceClock(HypervMachine machine, OrderedMemory memory, TickCounter counter) {
        this.machine = machine;
        page = new ReferencePage(memory, counter);
    }

    /**
     * The hypervisor is to tell what the counter means.
     *
     * @param virtual address of a page of zeros, as this reads it
     * @param physical its address, as the hypervisor does
     */
    @Uninterruptible(reason = REASON)
    void usePage(long virtual, long physical) {
        // Bits 1 to 11 are to stay what they are.
        long reserved = machine.readMsr(MSR_REFERENCE_TSC) & ReferencePage.BYTES - 1;
        machine.writeMsr(MSR_REFERENCE_TSC, physical | reserved | ENABLE);
        address = virtual;
    }

    /** Nanoseconds of reference time. */
    @Uninterruptible(reason = REASON)
    long nanos() {
        long nanos = address == 0 ? ReferencePage.UNKNOWN : page.nanos(address);
        if (nanos == ReferencePage.UNKNOWN) {
            mixed = true;
            // The end of the unit: the page may have told a time within it already.
            return latest.atLeast(count() * UNIT_NANOS + UNIT_NANOS - 1);
        }
        if (page.hasChanged()) {
            // What an earlier sequence has told may have been the end of this unit.
            return latest.atLeast(nanos + UNIT_NANOS - 1);
        }
        return mixed ? latest.atLeast(nanos) : nanos;
    }

    /** Whether it is the time-stamp counter that tells the time now. */
    @Uninterruptible(reason = REASON)
    boolean isByTimeStampCounter() {
        return address != 0 && page.nanos(address) != ReferencePage.UNKNOWN;
    }

    /** The counter: units of 100 ns, by the register. */
    @Uninterruptible(reason = REASON)
    private long count() {
        return machine.readMsr(MSR_TIME_REF_COUNT);
    }
}
