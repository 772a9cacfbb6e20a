package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.FileException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The slots of a transport that anybody may have, one message long. */
public final class Slots {
    private final Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final int[] free;
    private int freeCount;

    /**
     * @param count how many there are, from the first on: others are kept for something else
     */
    public Slots(Transport transport, int count) {
        this.transport = transport;
        free = new int[count];
        for (int slot = 0; slot < count; slot++) {
            free[freeCount++] = slot;
        }
    }

    /** One that is free, as soon as there is one. */
    public int take() {
        lock.lock();
        try {
            while (freeCount == 0) {
                returned.awaitUninterruptibly();
            }
            return free[--freeCount];
        } finally {
            lock.unlock();
        }
    }

    /** Nobody looks at its memory any more. */
    public void giveBack(int slot) {
        try {
            transport.done(slot);
        } finally {
            free(slot); // in any case: others wait for one
        }
    }

    private void free(int slot) {
        lock.lock();
        try {
            free[freeCount++] = slot;
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link Transport#await}; of who is interrupted the thread's status says it afterwards. */
    public static int awaitUninterruptibly(Transport transport, int slot, long nanoseconds)
            throws FileException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return transport.await(slot, nanoseconds);
                } catch (InterruptedException e) {
                    // So it waits a little longer, once for each interrupt.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
