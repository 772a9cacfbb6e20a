package dev.cortado.kernel.ipc;

import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.message.MessageSlot;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.graalvm.nativeimage.c.struct.SizeOf;
import org.graalvm.word.Pointer;

/**
 * The slots of all threads by number. Those of threads that have ended are used again, so that
 * there are at most twice as many as there have been threads at one time, or a few.
 */
final class SlotTable {
    private static final int FEW = 16;

    /** The others are guarded by this class. Elements are read without it. */
    private static volatile ThreadSlot[] slots = new ThreadSlot[FEW];

    private static WeakReference<?>[] owners = new WeakReference<?>[FEW];
    private static int[] free = new int[FEW];
    private static int count;
    private static int freeCount;

    /** So many, and it is time to look for threads that have ended. */
    private static int countToSweep = FEW;

    private SlotTable() {}

    static ThreadSlot get(int index) {
        return slots[index];
    }

    /** A slot for the current thread. */
    static synchronized ThreadSlot add() {
        if (freeCount == 0 && count == countToSweep) {
            sweep();
        }
        ThreadSlot slot;
        int index;
        if (freeCount > 0) {
            index = free[--freeCount];
            slot = new ThreadSlot(slots[index].raw());
        } else {
            index = count;
            slot = new ThreadSlot(allocate(index));
            count++;
        }
        owners[index] = new WeakReference<>(Thread.currentThread());
        slots[index] = slot;
        return slot;
    }

    private static void sweep() {
        for (int i = 0; i < count; i++) {
            Thread owner = (Thread) owners[i].get();
            if (owner == null || !owner.isAlive()) {
                free[freeCount++] = i;
            }
        }
        if (freeCount < count / 2) {
            countToSweep = count * 2;
            owners = Arrays.copyOf(owners, countToSweep);
            free = Arrays.copyOf(free, countToSweep);
            slots = Arrays.copyOf(slots, countToSweep);
        }
    }

    private static MessageSlot allocate(int index) {
        Pointer block = Memory.allocateZeroed(SizeOf.get(MessageSlot.class));
        if (block.isNull()) {
            throw new OutOfMemoryError("No kernel memory for messages");
        }
        MessageSlot slot = (MessageSlot) block;
        slot.setIndex(index);
        return slot;
    }
}
