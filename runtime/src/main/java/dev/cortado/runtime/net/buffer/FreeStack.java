package dev.cortado.runtime.net.buffer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stack (Treiber 1986), whose head carries a count of its changes, so that nobody who was
 * interrupted puts an old one back. Nobody waits.
 */
final class FreeStack implements FreeList {
    private static final int TAKEN = -2;

    /** Of each buffer, the free one below it, NONE at the bottom, or TAKEN. */
    private final AtomicIntegerArray below;

    /** The number of changes in the upper half, the top buffer's number in the lower. */
    private final AtomicLong top = new AtomicLong(pack(0, NONE));

    private final AtomicInteger free = new AtomicInteger();

    /** All are free. */
    FreeStack(int size) {
        below = new AtomicIntegerArray(size);
        for (int i = size - 1; i >= 0; i--) {
            give(i);
        }
    }

    @Override
    public int take() {
        while (true) {
            long seen = top.get();
            int index = (int) seen;
            if (index == NONE) {
                return NONE;
            }
            int under = below.get(index);
            // Somebody else has taken it since; the head has changed with it.
            if (under != TAKEN && top.compareAndSet(seen, pack(count(seen) + 1, under))) {
                below.set(index, TAKEN);
                free.decrementAndGet();
                return index;
            }
        }
    }

    @Override
    public void leave(int index) {
        if (!below.compareAndSet(index, TAKEN, NONE)) {
            throw new IllegalStateException("Packet buffer " + index + " is given back twice");
        }
    }

    @Override
    public void give(int index) {
        free.incrementAndGet();
        while (true) {
            long seen = top.get();
            below.set(index, (int) seen);
            if (top.compareAndSet(seen, pack(count(seen) + 1, index))) {
                return;
            }
        }
    }

    @Override
    public int count() {
        return free.get();
    }

    private static long pack(int count, int index) {
        return (long) count << 32 | index & 0xffff_ffffL;
    }

    private static int count(long packed) {
        return (int) (packed >>> 32);
    }
}
