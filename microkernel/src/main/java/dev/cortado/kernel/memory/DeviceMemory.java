package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;

/** The registers and memory of devices at virtual addresses. */
public final class DeviceMemory {
    private static final AddressRanges ADDRESSES =
            Memory.addresses(AddressSpace.DEVICE_BASE, AddressSpace.DEVICE_BASE + (1L << 40));

    /** Pages that one holding of the lock may change: for microseconds. */
    private static final int BATCH = 64;

    private DeviceMemory() {}

    /**
     * Maps some pages of registers, uncached; 0 if there is no memory for the page tables. Every
     * image has this, and those without drivers of devices on a bus have nothing of the other.
     */
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

    /**
     * Maps device memory of any size, in large pages where they fit.
     *
     * @param caching of {@link PageCaching}
     * @return its address, 0 if there is no memory for the page tables, or no place
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long map(long physical, long bytes, int caching) {
        long offset = physical & (Frames.SIZE - 1);
        long first = physical - offset;
        long size = Frames.roundUp(offset + bytes, Frames.SIZE);
        long largest = Frames.isAligned(first, Frames.LARGE_SIZE) ? Pages.largestPage(size) : 0;
        long page = largest > Frames.SIZE ? largest : Frames.SIZE;
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long virtual = ADDRESSES.reserve(size, page);
        SpinLock.release(SpinLock.MEMORY, flags);
        if (virtual == AddressRanges.NONE) {
            return 0;
        }
        long access =
                PageAccess.encode(PageAccess.READ | PageAccess.WRITE) | PageCaching.encode(caching);
        for (long done = 0; done < size; ) {
            long part;
            if (page > Frames.SIZE && size - done >= page) {
                part = page;
            } else {
                part = Numbers.min(size - done, BATCH * Frames.SIZE);
            }
            flags = SpinLock.acquire(SpinLock.MEMORY);
            boolean mapped =
                    Memory.pages().mapRange(virtual + done, first + done, part, access, page);
            Memory.pages().finish();
            SpinLock.release(SpinLock.MEMORY, flags);
            if (!mapped) {
                takeOut(virtual, virtual + done + part);
                release(virtual, size);
                return 0;
            }
            done += part;
        }
        return virtual + offset;
    }

    /**
     * Gives back what {@link #map} returned for so many bytes; false if it cannot be that. Nobody
     * uses it any more.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean unmap(long address, long bytes) {
        long offset = address & (Frames.SIZE - 1);
        long begin = address - offset;
        long end = begin + Frames.roundUp(offset + bytes, Frames.SIZE);
        takeOut(begin, end);
        return release(begin, end - begin);
    }

    /** The pages of [begin, end), where there are any, are there no more. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void takeOut(long begin, long end) {
        for (long page = begin; page < end; ) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            for (int i = 0; i < BATCH && page < end; i++) {
                page += PageTable.size(Memory.pages().unmap(page));
            }
            Memory.pages().finish();
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        MachineMemory.translations().forget(begin, end - begin);
        Pages.freeTables(begin, end - begin);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static boolean release(long begin, long bytes) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean known = ADDRESSES.release(begin, bytes);
        SpinLock.release(SpinLock.MEMORY, flags);
        return known;
    }
}
