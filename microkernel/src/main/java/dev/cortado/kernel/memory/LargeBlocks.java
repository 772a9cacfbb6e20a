package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;

/**
 * Blocks of memory for which no frames side by side need to be found: pages, wherever their frames
 * are. Each begins with a header, as in {@link KernelHeap}.
 */
final class LargeBlocks {
    private static final long MAGIC = 0;
    private static final long BYTES = 8;
    private static final long HEADER_BYTES = KernelHeap.HEADER_BYTES;

    private static final long BLOCK_MAGIC = 0x65677261_4c747243L;

    private static final VirtualMemory MEMORY = new VirtualMemory();

    /** Far more than any machine has, and far from overflow. */
    private static final long MOST_BYTES = 1L << 43;

    private LargeBlocks() {}

    /**
     * The address of so many bytes, not zeroed, aligned to 16; 0 if memory ran out.
     *
     * @param kept frames that are left free
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long allocate(long bytes, long kept) {
        if (bytes < 0 || bytes > MOST_BYTES) {
            return 0;
        }
        long size = Frames.roundUp(bytes + HEADER_BYTES, Frames.SIZE);
        long begin = Regions.reserve(size, Pages.largestPage(size));
        if (begin == 0) {
            return 0;
        }
        if (!Pages.commitRaw(begin, size, kept)) {
            Regions.release(begin, size);
            return 0;
        }
        MEMORY.writeLong(begin + MAGIC, BLOCK_MAGIC);
        MEMORY.writeLong(begin + BYTES, size);
        return begin + HEADER_BYTES;
    }

    /** Whether a block at that address would be one of these. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean isAt(long address) {
        return address >= AddressSpace.REGIONS_BASE && address < AddressSpace.STACKS_BASE;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long usableBytes(long address) {
        return MEMORY.readLong(address - HEADER_BYTES + BYTES) - HEADER_BYTES;
    }

    /** Gives a block back; false if {@code address} is none (nothing is changed then). */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean free(long address) {
        long begin = address - HEADER_BYTES;
        if (!Frames.isAligned(begin, Frames.SIZE)
                || !Pages.isCommitted(begin)
                || MEMORY.readLong(begin + MAGIC) != BLOCK_MAGIC) {
            return false;
        }
        MEMORY.writeLong(begin + MAGIC, 0);
        return Regions.release(begin, MEMORY.readLong(begin + BYTES));
    }
}
