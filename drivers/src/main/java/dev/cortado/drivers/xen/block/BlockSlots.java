package dev.cortado.drivers.xen.block;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** As many requests as a ring has entries, some of which are somebody's. Guarded by a lock. */
final class BlockSlots {
    private final BlockSlot[] slots;

    /** One is free, or there will be none any more. */
    private final Condition room;

    private int taken;
    private long lastId;

    /**
     * @param segments of each at most
     * @param pages where they are, of indirect requests
     */
    BlockSlots(ReentrantLock lock, int size, int segments, RingPages pages) {
        room = lock.newCondition();
        slots = new BlockSlot[size];
        for (int i = 0; i < size; i++) {
            slots[i] =
                    new BlockSlot(
                            lock.newCondition(), segments, pages.reference(i), pages.address(i));
        }
    }

    int taken() {
        return taken;
    }

    boolean isFull() {
        return taken == slots.length;
    }

    /** Waits for one to be free, or for {@link #signalAll}. */
    void awaitRoom() {
        room.awaitUninterruptibly();
    }

    /** One that is free. */
    BlockSlot take() {
        for (int i = 0; ; i++) {
            if (!slots[i].taken) {
                slots[i].taken = true;
                slots[i].waiting = false;
                taken++;
                // A number that is used once: a late answer is not another request's.
                slots[i].id = lastId++ * slots.length + i;
                slots[i].granted = 0;
                return slots[i];
            }
        }
    }

    void free(BlockSlot slot) {
        slot.taken = false;
        taken--;
        room.signal();
    }

    /** The request that has a number, and waits for its answer; null if there is none. */
    BlockSlot find(long id) {
        BlockSlot slot = slots[(int) Long.remainderUnsigned(id, slots.length)];
        return slot.waiting && slot.id == id ? slot : null;
    }

    /** All who wait have to look again. */
    void signalAll() {
        for (BlockSlot slot : slots) {
            slot.done.signal();
        }
        room.signalAll();
    }
}
