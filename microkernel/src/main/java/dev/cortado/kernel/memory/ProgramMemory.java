package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.SpinLock;
import java.util.Arrays;

/**
 * The program's memory outside of the Java heap, that of direct buffers, as devices find it. What
 * is moved by collections (the heap), or comes and goes by pages (mapped files), is none of it.
 */
public final class ProgramMemory {
    private static final long WRITABLE = PageTable.PRESENT | PageTable.WRITABLE;

    /** Addresses: where each part begins that devices have kept, and where it ends. */
    private static volatile long[] kept = {};

    private ProgramMemory() {}

    /**
     * The frames behind the first of some bytes of it, as many as lie side by side: the block
     * begins with the page of the first byte, and ends with that of the last at the latest.
     *
     * @return null if it is no such memory
     */
    public static DeviceBlock find(long address, long bytes) {
        boolean isNone = bytes <= 0 || bytes > Long.MAX_VALUE - Frames.SIZE - address;
        if (isNone || address < AddressSpace.REGIONS_BASE) {
            return null;
        }
        long begin = Frames.roundDown(address, Frames.SIZE);
        long end = Frames.roundUp(address + bytes, Frames.SIZE);
        if (LargeBlocks.isAt(begin)) {
            return end <= AddressSpace.STACKS_BASE ? findMapped(begin, end) : null;
        }
        if (begin < AddressSpace.DIRECT_MAP_BASE || end > AddressSpace.DEVICE_BASE) {
            return null;
        }
        long first = DirectMap.toPhysical(begin);
        return Memory.frames().covers(first, first + (end - begin))
                ? new DeviceBlock(begin, first, end - begin)
                : null;
    }

    private static DeviceBlock findMapped(long begin, long end) {
        long first = 0;
        long at = begin;
        while (at < end) {
            long entry = entry(at);
            if ((entry & WRITABLE) != WRITABLE) {
                return null; // who asks for that memory has none there
            }
            long size = PageTable.size(entry);
            long page = Frames.roundDown(at, size);
            long frame = PageTable.frame(entry) + (at - page);
            if (at == begin) {
                first = frame;
            } else if (frame != first + (at - begin)) {
                break;
            }
            at = page + size;
        }
        return new DeviceBlock(begin, first, Math.min(at, end) - begin);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long entry(long page) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        long entry = Memory.pages().entry(page);
        SpinLock.release(SpinLock.MEMORY, flags);
        return entry;
    }

    /** A device may write to these bytes for ever: they are not freed any more. */
    public static synchronized void keep(long address, long bytes) {
        long[] more = Arrays.copyOf(kept, kept.length + 2);
        more[kept.length] = address;
        more[kept.length + 1] = address + bytes;
        kept = more;
    }

    /** Whether some of what {@link Memory#allocate} has returned was {@linkplain #keep kept}. */
    public static boolean isKept(long address) {
        long[] parts = kept;
        if (parts.length == 0) {
            return false;
        }
        long end = address + Memory.usableBytes(address);
        for (int i = 0; i < parts.length; i += 2) {
            if (parts[i] < end && parts[i + 1] > address) {
                return true;
            }
        }
        return false;
    }
}
