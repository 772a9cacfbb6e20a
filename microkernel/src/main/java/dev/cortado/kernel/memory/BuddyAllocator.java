package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Hands out physical frames in blocks of 2^order frames, aligned to their size, and merges a freed
 * block with its free buddy (Knowlton 1965). One byte of metadata a frame says whether a free block
 * starts there and of which order. The lists of small free blocks run through the blocks
 * themselves; those of a large page's size and more are linked in a table behind the bytes, so that
 * they are not touched before somebody takes them.
 *
 * <p>Not synchronised: callers hold the kernel lock.
 */
public final class BuddyAllocator {
    /** Largest block: 1 GiB. */
    public static final int MAX_ORDER = 18;

    /** Every address is below it. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** So many free blocks of one order are looked at for one that is low enough. */
    private static final int MOST_LOOKED_AT = 256;

    /** What {@link #allocate} returns when no block is left; no frame starts there. */
    public static final long NONE = -1;

    private static final byte NOT_A_FREE_BLOCK = -1;

    /** Eight of them. */
    private static final long NOT_FREE_BLOCKS = -1;

    private final PhysicalMemory memory;
    private final BlockLists smallBlocks;
    private final BlockLists largeBlocks;
    private long metadata;
    private long firstFrame;
    private long frameCount;
    private long freeFrames;
    private long totalFrames;

    /** Null in images where nobody has frames that he can do without. */
    private FrameReserve reserve;

    public BuddyAllocator(PhysicalMemory memory) {
        this.memory = memory;
        smallBlocks = BlockLists.inBlocks(memory, Frames.LARGE_ORDER, 0);
        largeBlocks =
                BlockLists.inTable(memory, MAX_ORDER + 1 - Frames.LARGE_ORDER, Frames.LARGE_SHIFT);
    }

    /** From now on there are frames that somebody can do without. */
    void setReserve(FrameReserve reserve) {
        this.reserve = reserve;
    }

    /** Bytes of metadata for frames up to the physical address {@code end}, from {@code begin}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long metadataBytes(long begin, long end) {
        return frameBytes(begin, end) + BlockLists.tableBytes(begin, end, Frames.LARGE_SHIFT);
    }

    /** One for each frame, up to a whole word. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long frameBytes(long begin, long end) {
        return Frames.roundUp((end - begin) >>> Frames.SHIFT, Long.BYTES);
    }

    /**
     * Covers the frames of [begin, end), none of them free yet.
     *
     * @param metadata physical address of {@link #metadataBytes} bytes
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void initialize(long metadata, long begin, long end) {
        this.metadata = metadata;
        this.firstFrame = begin >>> Frames.SHIFT;
        this.frameCount = (end - begin) >>> Frames.SHIFT;
        long bytes = frameBytes(begin, end);
        for (long at = 0; at < bytes; at += Long.BYTES) {
            memory.writeLong(metadata + at, NOT_FREE_BLOCKS);
        }
        largeBlocks.placeTable(metadata + bytes, begin);
    }

    /** Makes the whole frames of [begin, end) free. They must not be known yet. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void addRange(long begin, long end) {
        long address = Frames.roundUp(begin, Frames.SIZE);
        long limit = Frames.roundDown(end, Frames.SIZE);
        if (address < limit) {
            totalFrames += (limit - address) >>> Frames.SHIFT;
            freeRange(address, limit);
        }
    }

    /** Whether all frames of [begin, end) are between the first one and the last. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean covers(long begin, long end) {
        return begin >>> Frames.SHIFT >= firstFrame
                && begin < end
                && (end - 1) >>> Frames.SHIFT < firstFrame + frameCount;
    }

    /** Gives whole frames back, in as few blocks as there can be: at most two of each order. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void freeRange(long begin, long end) {
        long address = begin;
        while (address < end) {
            int order = largestOrder(address, end);
            free(address, order);
            address += Frames.SIZE << order;
        }
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static int largestOrder(long address, long limit) {
        int order = 0;
        while (order < MAX_ORDER
                && Frames.isAligned(address, Frames.SIZE << (order + 1))
                && address + (Frames.SIZE << (order + 1)) <= limit) {
            order++;
        }
        return order;
    }

    /**
     * Physical address of a block of 2^order frames, {@link #NONE} if there is none. For one frame
     * the reserve is asked, too: who wants more side by side can do without that.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long allocate(int order) {
        if (order < 0 || order > MAX_ORDER) {
            return NONE;
        }
        int found = order;
        while (first(found) == NONE) {
            if (++found > MAX_ORDER) {
                if (order > 0 || !reclaim()) {
                    return NONE;
                }
                found = order;
            }
        }
        return take(first(found), found, order);
    }

    /**
     * As {@link #allocate(int)}, below an address, for devices that reach no further. Of many free
     * blocks not all are looked at.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long allocate(int order, long limit) {
        if (limit == NO_LIMIT) {
            return allocate(order);
        }
        for (int found = order; order >= 0 && found <= MAX_ORDER; found++) {
            long block = first(found);
            for (int i = 0; block != NONE && i < MOST_LOOKED_AT; i++) {
                if (block <= limit - (Frames.SIZE << order)) {
                    return take(block, found, order);
                }
                block = lists(found).next(block);
            }
        }
        return NONE;
    }

    /** The first 2^order frames of a free block; the others stay free. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long take(long block, int found, int order) {
        unlink(block, found);
        for (int rest = found - 1; rest >= order; rest--) {
            link(block + (Frames.SIZE << rest), rest);
        }
        freeFrames -= 1L << order;
        return block;
    }

    /** Physical address of so many frames side by side, NONE if there are none. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long allocateRange(long frames) {
        int order = Frames.orderFor(frames << Frames.SHIFT);
        long block = allocate(order);
        if (block != NONE) {
            freeRange(block + (frames << Frames.SHIFT), block + (Frames.SIZE << order));
        }
        return block;
    }

    /** Gives back a block that {@link #allocate} returned for that order. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void free(long block, int order) {
        freeFrames += 1L << order;
        long merged = block;
        int mergedOrder = order;
        while (mergedOrder < MAX_ORDER) {
            long buddy = merged ^ (Frames.SIZE << mergedOrder);
            if (!isFreeBlock(buddy, mergedOrder)) {
                break;
            }
            unlink(buddy, mergedOrder);
            merged &= ~(Frames.SIZE << mergedOrder);
            mergedOrder++;
        }
        link(merged, mergedOrder);
    }

    /** Takes one frame away for good, or until {@link #restore}; {@link #NONE} if none is free. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long withdraw() {
        long frame = allocate(0);
        if (frame != NONE) {
            totalFrames--;
        }
        return frame;
    }

    /** Gives a frame back that {@link #withdraw} returned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void restore(long frame) {
        totalFrames++;
        free(frame, 0);
    }

    /** Frees some frames of the reserve; false if it has none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    boolean reclaim() {
        return reserve != null && reserve.yieldTo(this);
    }

    /** Frames that nobody has, with those that somebody can do without. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long freeFrames() {
        return reserve == null ? freeFrames : freeFrames + reserve.frames();
    }

    /** Frames that nobody has. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    long unusedFrames() {
        return freeFrames;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long totalFrames() {
        return totalFrames;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean isFreeBlock(long block, int order) {
        long index = (block >>> Frames.SHIFT) - firstFrame;
        return index >= 0 && index < frameCount && memory.readByte(metadata + index) == order;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private BlockLists lists(int order) {
        return order < Frames.LARGE_ORDER ? smallBlocks : largeBlocks;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int listOf(int order) {
        return order < Frames.LARGE_ORDER ? order : order - Frames.LARGE_ORDER;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long first(int order) {
        return lists(order).first(listOf(order));
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void link(long block, int order) {
        lists(order).add(listOf(order), block);
        memory.writeByte(metadata + (block >>> Frames.SHIFT) - firstFrame, (byte) order);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void unlink(long block, int order) {
        lists(order).remove(listOf(order), block);
        memory.writeByte(metadata + (block >>> Frames.SHIFT) - firstFrame, NOT_A_FREE_BLOCK);
    }
}
