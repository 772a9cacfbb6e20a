package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;

/** Stacks of threads: with unmapped pages around them, and memory as far as they were used. */
public final class Stacks {
    /** What a stack has from the beginning, and gets more of when it grows, in bytes. */
    private static final long STEP = 4 * Frames.SIZE;

    /** What a thread will soon have used, at the least, in bytes. */
    private static final long USUAL_BYTES = 16 * Frames.SIZE;

    private static final AddressRanges ADDRESSES =
            Memory.addresses(AddressSpace.STACKS_BASE, AddressSpace.DIRECT_MAP_BASE);

    private Stacks() {}

    /**
     * A stack of {@code bytes} usable bytes with an unmapped page at both ends; 0 if memory ran
     * out.
     *
     * @param growing whether it has memory only at its upper end and gets more in {@link #grow};
     *     otherwise it has all from the beginning
     * @return lowest usable address
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocate(long bytes, boolean growing) {
        long committed =
                growing && MachineMemory.mapping().canGrowStacks()
                        ? Numbers.min(STEP, bytes)
                        : bytes;
        long used = Numbers.max(committed, Numbers.min(USUAL_BYTES, bytes));
        if (FramePool.largeBytes() < used) {
            return 0;
        }
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long region = ADDRESSES.reserve(bytes + 2 * Frames.SIZE, Frames.SIZE);
        SpinLock.release(SpinLock.MEMORY, flags);
        if (region == AddressRanges.NONE) {
            return 0;
        }
        long begin = region + Frames.SIZE;
        if (!Pages.commitAny(
                begin + bytes - committed, committed, PageAccess.READ | PageAccess.WRITE)) {
            releaseAddresses(region, bytes + 2 * Frames.SIZE);
            return 0;
        }
        return begin;
    }

    /**
     * Puts memory behind the page of a stack that was touched, and some further down. Called in a
     * page fault: no lock is held there, since taking one touches the stack first.
     *
     * @param begin lowest usable address of the stack
     * @return false if memory ran out
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean grow(long begin, long touched) {
        long page = Frames.roundDown(touched, Frames.SIZE);
        long lowest = Numbers.max(begin, page - STEP + Frames.SIZE);
        for (long more = page; more >= lowest; more -= Frames.SIZE) {
            if (!Pages.isCommitted(more)
                    && !Pages.commitAny(more, Frames.SIZE, PageAccess.READ | PageAccess.WRITE)
                    && more == page) {
                return false;
            }
        }
        return true;
    }

    /** Gives a stack back that {@link #allocate} returned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void free(long begin, long bytes) {
        Pages.uncommit(begin, bytes);
        releaseAddresses(begin - Frames.SIZE, bytes + 2 * Frames.SIZE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void releaseAddresses(long region, long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        ADDRESSES.release(region, bytes);
        SpinLock.release(SpinLock.MEMORY, flags);
    }
}
