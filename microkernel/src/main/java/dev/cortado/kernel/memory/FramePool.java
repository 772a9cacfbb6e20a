package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;

/**
 * Frames of RAM: for devices, and for other machines; and how many of the free ones who may have.
 *
 * <p>What cannot fail takes what it needs, down to the last frame: a stack that grows, and a
 * collection that copies what it keeps. So that there is something left for these, all others stop
 * earlier, with an exception that a program can catch: first direct buffers, then threads and large
 * blocks, then the Java heap and small blocks.
 */
public final class FramePool {
    /** What the functions that return a frame return when there is none. */
    public static final long NONE = BuddyAllocator.NONE;

    /** Any frame will do. */
    public static final long NO_LIMIT = BuddyAllocator.NO_LIMIT;

    /** The part of the machine's memory, as a shift, that only what cannot fail may use up. */
    private static final int RESERVE_SHIFT = 6;

    private static final long MOST_RESERVED_FRAMES = 512;

    /** What the heap has left when threads can have no more: two chunks and what they need. */
    private static final long LEAST_HEAP_FRAMES = 192;

    /** The part of the machine's memory, as a shift, that direct buffers leave to threads. */
    private static final int THREADS_SHIFT = 5;

    private static final long MOST_BYTES_FOR_THREADS = 16 << 20;

    /** What {@link #withdraw} leaves: stacks grow, and a collection copies what it keeps. */
    private static final long KEPT_FRAMES = 1024;

    /** Who asks for so many frames side by side can do with fewer; others cannot, */
    private static final int MANY_ORDER = 6;

    /** so that for them copies of what disks have may all have to go, for the former so often. */
    private static final int MOST_TRIES = 64;

    /** For the next collection; whoever reads it a moment late has the reserve. */
    private static long collectorFrames;

    private FramePool() {}

    /** So much memory must stay free for the next collection. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static void keepForCollector(long bytes) {
        collectorFrames = Numbers.max(0, bytes) >>> Frames.SHIFT;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long reservedFrames() {
        return Numbers.min(Memory.frames().totalFrames() >> RESERVE_SHIFT, MOST_RESERVED_FRAMES);
    }

    /** Bytes that the Java heap, with what its collection needs, and small blocks may take. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long heapBytes() {
        return Memory.frames().freeFrames() - reservedFrames() << Frames.SHIFT;
    }

    /** Whether a small block may be made: the next collection has what it needs all the same. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static boolean hasSmall(long bytes) {
        return heapBytes() - (collectorFrames << Frames.SHIFT) >= bytes;
    }

    /**
     * Bytes that direct buffers may take. They leave some to threads: what nobody has any more of
     * them is found only when they are at their limit.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long directBytes() {
        long forThreads = Numbers.min(Memory.totalBytes() >> THREADS_SHIFT, MOST_BYTES_FOR_THREADS);
        return Numbers.max(0, largeBytes() - forThreads);
    }

    /** Bytes that large blocks and stacks may take. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long largeBytes() {
        return Numbers.max(0, Memory.frames().freeFrames() - keptFromLarge()) << Frames.SHIFT;
    }

    /** Frames that large blocks leave free. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long keptFromLarge() {
        long reserved = reservedFrames();
        return collectorFrames + reserved + Numbers.max(2 * reserved, LEAST_HEAP_FRAMES);
    }

    /** Frames that large arrays leave free. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long keptFromHeap() {
        return collectorFrames + reservedFrames();
    }

    /**
     * 2^order frames side by side, aligned to their size, not zeroed, whose addresses are below
     * {@code limit}; they are in the direct map.
     *
     * @return the physical address of the first, NONE if there are none
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long allocate(int order, long limit) {
        if (order < 0 || order > BuddyAllocator.MAX_ORDER) {
            return NONE;
        }
        long block = NONE;
        boolean isAgain = true;
        for (int tries = order < MANY_ORDER ? Integer.MAX_VALUE : MOST_TRIES;
                block == NONE && isAgain;
                tries--) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            isAgain = largeBytes() >= Frames.SIZE << order;
            block = isAgain ? Memory.frames().allocate(order, limit) : NONE;
            isAgain = isAgain && block == NONE && tries > 0 && Memory.frames().reclaim();
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        return block;
    }

    /** Gives back what {@link #allocate} returned for that order. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void free(long block, int order) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        Memory.frames().free(block, order);
        SpinLock.release(SpinLock.MEMORY, flags);
    }

    /**
     * Takes a free frame of RAM away, for the hypervisor to give to another machine.
     *
     * @return its physical address, -1 if so little is free that this machine needs it
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long withdraw() {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        boolean enough = Memory.frames().freeFrames() > KEPT_FRAMES + collectorFrames;
        long frame = enough ? Memory.frames().withdraw() : NONE;
        SpinLock.release(SpinLock.MEMORY, flags);
        return frame;
    }

    /** Gives back what {@link #withdraw} returned; its contents may be anything. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void restore(long physical) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        Memory.frames().restore(physical);
        SpinLock.release(SpinLock.MEMORY, flags);
    }
}
