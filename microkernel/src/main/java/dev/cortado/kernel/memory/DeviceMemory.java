package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.SpinLock;

/** The registers and memory of devices at virtual addresses. */
public final class DeviceMemory {
    private static final AddressRanges ADDRESSES =
            Memory.addresses(AddressSpace.DEVICE_BASE, AddressSpace.DEVICE_BASE + (1L << 40));

    private DeviceMemory() {}

    /** Maps device memory, uncached; 0 if there is no memory for the page tables. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long map(long physical, long bytes) {
        long offset = physical & (Frames.SIZE - 1);
        long size = Frames.roundUp(offset + bytes, Frames.SIZE);
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long virtual = ADDRESSES.reserve(size, Frames.SIZE);
        boolean mapped =
                virtual != AddressRanges.NONE
                        && Memory.pages()
                                .mapRange(
                                        virtual,
                                        physical - offset,
                                        size,
                                        PageAccess.encode(PageAccess.READ | PageAccess.WRITE)
                                                | PageTable.CACHE_DISABLE
                                                | PageTable.WRITE_THROUGH,
                                        Frames.SIZE);
        Memory.pages().finish();
        SpinLock.release(SpinLock.MEMORY, flags);
        return mapped ? virtual + offset : 0;
    }
}
