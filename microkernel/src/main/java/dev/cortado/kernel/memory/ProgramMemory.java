package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.cpu.SpinLock;

/**
 * The program's memory outside of the Java heap, that of direct buffers, as devices find it. What
 * is moved by collections (the heap), or comes and goes by pages (mapped files), is none of it.
 */
public final class ProgramMemory {
    private static final long WRITABLE = PageTable.PRESENT | PageTable.WRITABLE;

    /** Parts of it that devices have kept; null if there are none. */
    private static volatile Part kept;

    /** Some of its bytes. */
    public static final class Part {
        private final long begin;
        private final long end;
        private Part next;

        public Part(long address, long bytes) {
            begin = address;
            end = address + bytes;
        }
    }

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

    /**
     * A device may write to these bytes for ever: they are not freed any more. It needs no memory,
     * of which there may be none.
     *
     * @param part once
     */
    public static synchronized void keep(Part part) {
        part.next = kept;
        kept = part;
    }

    /** Whether some of what {@link Memory#allocate} has returned was {@linkplain #keep kept}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean isKept(long address) {
        return kept != null && isKept(address, Memory.usableBytes(address));
    }

    /** Whether some of these bytes were {@linkplain #keep kept}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean isKept(long address, long bytes) {
        Part part = kept;
        while (part != null && (part.begin >= address + bytes || part.end <= address)) {
            part = part.next;
        }
        return part != null;
    }
}
