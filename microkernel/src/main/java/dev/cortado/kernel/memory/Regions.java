package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;

/** Stretches of virtual addresses for whoever asks, such as the Java runtime. */
public final class Regions {
    private static final AddressRanges ADDRESSES =
            Memory.addresses(AddressSpace.REGIONS_BASE, AddressSpace.STACKS_BASE);

    private Regions() {}

    /** Reserves virtual addresses without memory behind them; 0 if there is no such range. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long reserve(long bytes, long alignment) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long begin =
                ADDRESSES.reserve(
                        Frames.roundUp(bytes, Frames.SIZE), Numbers.max(alignment, Frames.SIZE));
        SpinLock.release(SpinLock.MEMORY, flags);
        return begin == AddressRanges.NONE ? 0 : begin;
    }

    /** Uncommits and releases what {@link #reserve} returned, or a part of it. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean release(long begin, long bytes) {
        long size = Frames.roundUp(bytes, Frames.SIZE);
        Pages.uncommit(begin, size);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean released = ADDRESSES.release(begin, size);
        SpinLock.release(SpinLock.MEMORY, flags);
        return released;
    }
}
