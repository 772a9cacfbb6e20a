package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Lists of blocks of physical memory. The links, 16 bytes a block, are in the blocks themselves, or
 * in a table beside them: a large block that nobody has taken yet is then never touched, and a host
 * that gives memory by large pages need not give one for two links.
 */
final class BlockLists {
    private static final long NONE = BuddyAllocator.NONE;
    private static final long PREVIOUS = 8;

    /** Of the links of one block: 16 bytes. */
    private static final int LINKS_SHIFT = 4;

    private final PhysicalMemory memory;
    private final long[] heads;

    /** Every block is a multiple of this, as a shift, behind the first one. */
    private final int blockShift;

    /** Where the first block's links are, and where that block is. */
    private long links;

    private long first;

    private BlockLists(PhysicalMemory memory, int lists, int blockShift, long links) {
        this.memory = memory;
        this.blockShift = blockShift;
        this.links = links;
        heads = new long[lists];
        for (int i = 0; i < lists; i++) {
            heads[i] = NONE;
        }
    }

    /**
     * Empty lists of blocks with links in them.
     *
     * @param links where in each block, which is aligned to 16 bytes
     */
    static BlockLists inBlocks(PhysicalMemory memory, int lists, long links) {
        return new BlockLists(memory, lists, LINKS_SHIFT, links);
    }

    /**
     * Empty lists of blocks with links in a table, to be used once {@link #placeTable} was called.
     *
     * @param blockShift each block is aligned to 1 &lt;&lt; blockShift bytes
     */
    static BlockLists inTable(PhysicalMemory memory, int lists, int blockShift) {
        return new BlockLists(memory, lists, blockShift, NONE);
    }

    /** Bytes of the table for aligned blocks that begin in [begin, end). */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long tableBytes(long begin, long end, int blockShift) {
        return (end - 1 >>> blockShift) - (begin >>> blockShift) + 1 << LINKS_SHIFT;
    }

    /** Says where the table is; it need not be cleared. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    void placeTable(long table, long begin) {
        links = table;
        first = Frames.roundDown(begin, 1L << blockShift);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private long place(long block) {
        return links + (block - first >>> blockShift << LINKS_SHIFT);
    }

    /** {@link BuddyAllocator#NONE} if the list is empty. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long first(int list) {
        return heads[list];
    }

    /** NONE after the last one. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long next(long block) {
        return memory.readLong(place(block));
    }

    /** Puts a block that is on no list before all others. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void add(int list, long block) {
        long place = place(block);
        long next = heads[list];
        memory.writeLong(place, next);
        memory.writeLong(place + PREVIOUS, NONE);
        if (next != NONE) {
            memory.writeLong(place(next) + PREVIOUS, block);
        }
        heads[list] = block;
    }

    /** Takes a block off the list that it is on. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void remove(int list, long block) {
        long place = place(block);
        long next = memory.readLong(place);
        long previous = memory.readLong(place + PREVIOUS);
        if (previous == NONE) {
            heads[list] = next;
        } else {
            memory.writeLong(place(previous), next);
        }
        if (next != NONE) {
            memory.writeLong(place(next) + PREVIOUS, previous);
        }
    }
}
