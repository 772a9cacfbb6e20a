package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.SpinLock;

/**
 * Frames for copies of what disks have: as many as nobody else wants, and they go to whoever does
 * want them, without asking, but for those that are pinned or kept (see {@link ReclaimableFrames},
 * whose methods these are). The slot of a block is its owner's until he {@linkplain #leave leaves}
 * it, also when it is gone.
 */
public final class CachedFrames {
    /** What the functions that return a slot return when there is none. */
    public static final int NONE = ReclaimableFrames.NONE;

    /**
     * The part of the machine's memory, as a shift, that is free before copies take any: so that
     * who wants a little does not take it out of them.
     */
    private static final int FREE_SHIFT = 5;

    private static final ReclaimableFrames FRAMES =
            new ReclaimableFrames(new VirtualMemory(), Memory.frames());

    private static boolean isStarted;

    private CachedFrames() {}

    /**
     * Before anything else; may be called again.
     *
     * @throws OutOfMemoryError there is none for the table
     */
    public static synchronized void start() {
        if (isStarted) {
            return;
        }
        int slots = (int) Math.min(Integer.MAX_VALUE, Memory.totalBytes() >>> Frames.SHIFT);
        long table = Memory.allocate(ReclaimableFrames.tableBytes(slots));
        if (table == 0) {
            throw new OutOfMemoryError("the table of copies of disks' blocks");
        }
        FRAMES.placeTable(table, slots);
        Memory.frames().setReserve(FRAMES);
        isStarted = true;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long floor() {
        return FramePool.keptFromLarge() + (Memory.frames().totalFrames() >> FREE_SHIFT);
    }

    /** Bytes that copies may have, beside those that are kept. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long freeBytes() {
        long frames = Memory.frames().freeFrames() - floor();
        return frames < 0 ? 0 : frames << Frames.SHIFT;
    }

    /**
     * A block of 2^order frames that is kept, with any contents.
     *
     * @param isNeeded others' copies may have to go for it, and whoever wants it cannot go on
     *     without
     * @return its slot; {@link #NONE} if others may need the memory
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static int allocate(int order, boolean isNeeded) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        int slot = FRAMES.take(order, floor());
        SpinLock.release(SpinLock.MEMORY, flags);
        return slot == NONE && isNeeded ? allocateAny(order) : slot;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static int allocateAny(int order) {
        int slot = NONE;
        boolean isAgain = true;
        while (slot == NONE && isAgain) {
            long flags = SpinLock.acquire(SpinLock.MEMORY);
            boolean isRoom = Memory.frames().freeFrames() - (1L << order) >= floor();
            isAgain = isRoom && Memory.frames().reclaim();
            slot = FRAMES.take(order, isAgain ? floor() : FramePool.keptFromHeap());
            isAgain |= slot == NONE && Memory.frames().reclaim();
            SpinLock.release(SpinLock.MEMORY, flags);
        }
        return slot;
    }

    /** Bytes that the machine has. */
    public static long totalBytes() {
        return Memory.totalBytes();
    }

    /** The address of a block that is pinned or kept. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static long address(int slot) {
        return DirectMap.toVirtual(FRAMES.address(slot));
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static int taken() {
        return FRAMES.taken();
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean isGone(int slot) {
        return FRAMES.isGone(slot);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean pin(int slot, boolean isUse) {
        return FRAMES.pin(slot, isUse);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void unpin(int slot) {
        if (FRAMES.unpin(slot)) {
            giveBack(slot);
        }
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void keep(int slot) {
        FRAMES.keep(slot);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void expose(int slot) {
        FRAMES.expose(slot);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean claim(int slot) {
        return FRAMES.claim(slot);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static boolean takeUse(int slot) {
        return FRAMES.takeUse(slot);
    }

    /** The slot is not its owner's any more; the block is given back when nobody has it pinned. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public static void leave(int slot) {
        if (FRAMES.leave(slot)) {
            giveBack(slot);
        }
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static void giveBack(int slot) {
        long flags = SpinLock.acquire(SpinLock.MEMORY);
        FRAMES.giveBack(slot);
        SpinLock.release(SpinLock.MEMORY, flags);
    }
}
