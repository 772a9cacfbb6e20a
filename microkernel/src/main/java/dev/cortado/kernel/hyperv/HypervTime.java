package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.time.TimeSource;
import dev.cortado.kernel.time.TscTime;

/**
 * A PC's time, from Hyper-V's reference time where that is there and KVM's clock is not. The time
 * of day is the battery-backed clock's.
 */
final class HypervTime implements TimeSource {
    private static final String REASON = HypervMachine.REASON;

    private static boolean used;

    private final TscTime pc = new TscTime();
    private long startNanos;

    @Override
    @Uninterruptible(reason = REASON)
    public void initialize() {
        pc.initialize();
        if (!TscTime.isByKvm() && Hyperv.ENLIGHTENMENTS.hasReferenceCounter()) {
            if (Hyperv.ENLIGHTENMENTS.hasReferenceTsc()) {
                usePage();
            }
            startNanos = Hyperv.CLOCK.nanos();
            used = true;
        }
    }

    /** Without memory for it, the register has to do. */
    @Uninterruptible(reason = REASON)
    private static void usePage() {
        // A block is not aligned, but has no hole.
        long block = Memory.allocateZeroed(2 * ReferencePage.BYTES).rawValue();
        if (block != 0) {
            long page = (block + ReferencePage.BYTES - 1) & -ReferencePage.BYTES;
            Hyperv.CLOCK.usePage(page, DirectMap.toPhysical(page));
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void initializeProcessor() {
        pc.initializeProcessor();
    }

    @Uninterruptible(reason = REASON)
    static boolean isUsed() {
        return used;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long nanoTime() {
        return used ? Hyperv.CLOCK.nanos() - startNanos : pc.nanoTime();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long epochNanos() {
        return pc.epochNanos();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public long epochStep() {
        return pc.epochStep();
    }
}
