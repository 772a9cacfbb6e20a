package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * Blocks of frames with what can be had again, such as copies of a disk's blocks: who has one keeps
 * it as long as nobody else needs memory, and the allocator takes it back when no frame is free, so
 * that they count as free ones. Each has a slot in a table, which its owner knows it by. Which goes
 * first is decided by a hand that goes around the table, and passes over what was used since it
 * came by last.
 *
 * <p>A block that is <i>pinned</i> is being used and stays; one that is <i>kept</i> has something
 * that is nowhere else, and stays until it is exposed. The owner asks for one block at a time; the
 * methods that say so are called with the allocator's lock, the others are not.
 */
final class ReclaimableFrames implements FrameReserve {
    static final int NONE = -1;

    /** Given back at once, since more will be wanted. */
    private static final int BATCH = 32;

    /** After so many that are in use, what was used has no better chance than what was not. */
    private static final int MOST_SPARED = 1024;

    // The table: two counts, and the slots behind them.
    private static final long HEADER_BYTES = 16;
    private static final long TAKEN = 4;
    private static final int SLOT_SHIFT = 4;
    private static final long ADDRESS = 0;
    private static final long STATE = 8;
    private static final long NEXT = 12;

    // A slot's state.
    private static final int PINS = (1 << 20) - 1;
    private static final int USED = 1 << 20;
    private static final int KEPT = 1 << 21;

    /** The allocator has taken the frames. */
    private static final int GONE = 1 << 22;

    /** The owner does not want it any more: who unpins it last gives it back. */
    private static final int LEFT = 1 << 23;

    /** It is nobody's. */
    private static final int EMPTY = 1 << 24;

    private static final int ORDER_SHIFT = 25;

    private final RingMemory memory;
    private final BuddyAllocator frames;
    private long table;
    private int slots;

    // With the lock. Slots from the first one on were used at some time, and some are empty again.
    private int begun;
    private int firstEmpty = NONE;
    private int hand;

    ReclaimableFrames(RingMemory memory, BuddyAllocator frames) {
        this.memory = memory;
        this.frames = frames;
    }

    static long tableBytes(int slots) {
        return HEADER_BYTES + ((long) slots << SLOT_SHIFT);
    }

    /**
     * Says where the table is, once, before anything else.
     *
     * @param address of {@link #tableBytes}
     */
    void placeTable(long address, int count) {
        memory.writeLong(address, 0); // both counts
        table = address;
        slots = count;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long slot(int slot) {
        return table + HEADER_BYTES + ((long) slot << SLOT_SHIFT);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private int state(int slot) {
        return memory.readIntAcquire(slot(slot) + STATE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private boolean change(int slot, int from, int to) {
        return memory.compareAndSetInt(slot(slot) + STATE, from, to);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static int frameCount(int state) {
        return 1 << (state >>> ORDER_SHIFT);
    }

    /** Frames of blocks that are not kept: of those that are pinned, too, which are few. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long frames() {
        return memory.readIntAcquire(table);
    }

    /** How many blocks the allocator has ever taken, modulo 2^32. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    int taken() {
        return memory.readIntAcquire(table + TAKEN);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void count(int more) {
        int before = memory.readIntAcquire(table);
        while (!memory.compareAndSetInt(table, before, before + more)) {
            before = memory.readIntAcquire(table);
        }
    }

    /**
     * With the lock: takes a block out of what is free, which is kept.
     *
     * @param floor frames that stay free
     * @return its slot; {@link #NONE} if there is none
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    int take(int order, long floor) {
        boolean hasSlot = firstEmpty != NONE || begun < slots;
        if (!hasSlot || frames.unusedFrames() - (1L << order) < floor) {
            return NONE;
        }
        long block = frames.allocate(order);
        if (block == BuddyAllocator.NONE) {
            return NONE;
        }
        int slot = firstEmpty;
        if (slot == NONE) {
            slot = begun++;
        } else {
            firstEmpty = memory.readIntAcquire(slot(slot) + NEXT);
        }
        memory.writeLong(slot(slot) + ADDRESS, block);
        memory.writeIntRelease(slot(slot) + STATE, KEPT | order << ORDER_SHIFT);
        return slot;
    }

    /** The physical address of a block that is pinned or kept. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long address(int slot) {
        return memory.readLong(slot(slot) + ADDRESS);
    }

    /** Whether the allocator has taken it. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean isGone(int slot) {
        return (state(slot) & GONE) != 0;
    }

    /**
     * It stays until it is {@linkplain #unpin unpinned}; false if it is gone.
     *
     * @param isUse whether that is a reason for it to stay longer
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean pin(int slot, boolean isUse) {
        while (true) {
            int state = state(slot);
            if ((state & (GONE | LEFT | EMPTY)) != 0) {
                return false;
            }
            if (change(slot, state, state + 1 | (isUse ? USED : 0))) {
                return true;
            }
        }
    }

    /**
     * Ends one pin.
     *
     * @return whether the slot is to be {@linkplain #giveBack given back}
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean unpin(int slot) {
        while (true) {
            int state = state(slot);
            if (change(slot, state, state - 1)) {
                return (state & LEFT) != 0 && (state & PINS) == 1;
            }
        }
    }

    /** One that is pinned stays until it is {@linkplain #expose exposed}. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void keep(int slot) {
        while (true) {
            int state = state(slot);
            if (change(slot, state, state | KEPT)) {
                if ((state & KEPT) == 0) {
                    count(-frameCount(state));
                }
                return;
            }
        }
    }

    /**
     * What is in one that is kept can be had again. It counts first: none that can goes uncounted.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void expose(int slot) {
        count(frameCount(state(slot)));
        while (true) {
            int state = state(slot);
            if (change(slot, state, state & ~KEPT)) {
                return;
            }
        }
    }

    /** Keeps one that nobody uses, for something else; false if it is in use, or gone. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean claim(int slot) {
        int state = state(slot);
        boolean isIdle = (state & (PINS | KEPT | GONE | LEFT)) == 0;
        if (!isIdle || !change(slot, state, state | KEPT)) {
            return false;
        }
        count(-frameCount(state));
        return true;
    }

    /** Whether it was used since this was asked last. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean takeUse(int slot) {
        int state = state(slot);
        return (state & USED) != 0 && change(slot, state, state & ~USED);
    }

    /**
     * Its owner does not want it any more.
     *
     * @return whether the slot is to be {@linkplain #giveBack given back} now: if not, somebody
     *     still uses it
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    boolean leave(int slot) {
        while (true) {
            int state = state(slot);
            if (change(slot, state, state | LEFT)) {
                if ((state & (KEPT | GONE)) == 0) {
                    count(-frameCount(state));
                }
                return (state & PINS) == 0;
            }
        }
    }

    /** With the lock: the slot is nobody's any more, nor are its frames. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void giveBack(int slot) {
        int state = state(slot);
        if ((state & GONE) == 0) {
            frames.free(address(slot), state >>> ORDER_SHIFT);
        }
        memory.writeIntRelease(slot(slot) + NEXT, firstEmpty);
        memory.writeIntRelease(slot(slot) + STATE, EMPTY);
        firstEmpty = slot;
    }

    /** With the lock; once around, and what is spared at most. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean yieldTo(BuddyAllocator allocator) {
        int given = 0;
        int spared = 0;
        for (long left = begun + MOST_SPARED; left > 0 && given < BATCH && frames() > 0; left--) {
            hand = hand + 1 < begun ? hand + 1 : 0;
            int state = state(hand);
            boolean isIdle = (state & (PINS | KEPT | GONE | LEFT | EMPTY)) == 0;
            if (isIdle && spared < MOST_SPARED && takeUse(hand)) {
                spared++;
                continue;
            }
            if (!isIdle || !change(hand, state, state | GONE)) {
                continue;
            }
            count(-frameCount(state));
            allocator.free(address(hand), state >>> ORDER_SHIFT);
            given++;
        }
        memory.writeIntRelease(table + TAKEN, taken() + given);
        return given > 0;
    }
}
