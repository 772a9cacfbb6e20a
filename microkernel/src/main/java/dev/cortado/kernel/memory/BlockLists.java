package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** Lists of blocks of physical memory, which run through the blocks themselves. */
final class BlockLists {
    private static final long NONE = BuddyAllocator.NONE;
    private static final long PREVIOUS = 8;

    private final PhysicalMemory memory;
    private final long[] heads;

    /** Where in each block its links are, 16 bytes. */
    private final long links;

    /** All of them empty. */
    BlockLists(PhysicalMemory memory, int lists, long links) {
        this.memory = memory;
        this.links = links;
        heads = new long[lists];
        for (int i = 0; i < lists; i++) {
            heads[i] = NONE;
        }
    }

    /** {@link BuddyAllocator#NONE} if the list is empty. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long first(int list) {
        return heads[list];
    }

    /** NONE after the last one. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long next(long block) {
        return memory.readLong(block + links);
    }

    /** Puts a block that is on no list before all others. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void add(int list, long block) {
        long place = block + links;
        long next = heads[list];
        memory.writeLong(place, next);
        memory.writeLong(place + PREVIOUS, NONE);
        if (next != NONE) {
            memory.writeLong(next + links + PREVIOUS, block);
        }
        heads[list] = block;
    }

    /** Takes a block off the list that it is on. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void remove(int list, long block) {
        long place = block + links;
        long next = memory.readLong(place);
        long previous = memory.readLong(place + PREVIOUS);
        if (previous == NONE) {
            heads[list] = next;
        } else {
            memory.writeLong(previous + links, next);
        }
        if (next != NONE) {
            memory.writeLong(next + links + PREVIOUS, previous);
        }
    }
}
