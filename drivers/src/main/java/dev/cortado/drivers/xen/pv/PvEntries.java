package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageTable;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Page table entries as Xen wants them, and as the kernel does. They differ only where they are
 * present: others name the domain's frames, since Xen's tools, which save a domain, look at those
 * that are present and at no others.
 */
final class PvEntries {
    /** Ring 3 may use it (SDM vol. 3A, 4.6): that is where the kernel runs. */
    private static final long USER = 1 << 2;

    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;

    /** What an entry of the kernel's has; the rest is the CPU's and Xen's. */
    private static final long KERNEL_FLAGS =
            PageTable.PRESENT
                    | PageTable.WRITABLE
                    | PageTable.WRITE_THROUGH
                    | PageTable.CACHE_DISABLE
                    | PageTable.COMMITTED
                    | PageTable.NO_EXECUTE;

    /** Of a table that is in use, through which it may be read only. */
    static final long READ_ONLY = PageTable.PRESENT | PageTable.NO_EXECUTE;

    static final long READ_WRITE = READ_ONLY | PageTable.WRITABLE;

    static final long READ_EXECUTE = PageTable.PRESENT;

    private PvEntries() {}

    /** Xen's entry for a machine frame. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long of(long machine, long flags) {
        return machine << Frames.SHIFT | flags & KERNEL_FLAGS | USER;
    }

    /** Xen's for the kernel's; {@link MachineFrames#NONE} if there is no such frame. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long encode(MachineFrames frames, long entry) {
        if ((entry & PageTable.PRESENT) == 0) {
            return entry;
        }
        long machine = frames.machine((entry & ADDRESS) >>> Frames.SHIFT);
        return machine == MachineFrames.NONE ? MachineFrames.NONE : of(machine, entry);
    }

    /** The kernel's for Xen's; 0 for a page that is not the domain's. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long decode(MachineFrames frames, long entry) {
        if ((entry & PageTable.PRESENT) == 0) {
            return entry;
        }
        long frame = frames.frame((entry & ADDRESS) >>> Frames.SHIFT);
        return frame == MachineFrames.NONE ? 0 : frame << Frames.SHIFT | entry & KERNEL_FLAGS;
    }
}
