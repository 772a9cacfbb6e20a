package dev.cortado.runtime.file.open;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits until one open file is ready (POSIX, poll). */
public final class PollWait {
    /** Instead of a time: as long as it takes. */
    public static final long FOR_EVER = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean hasChanged;

    private PollWait() {}

    /**
     * @param wanted a set of {@link PollState}'s bits; those of {@link PollState#ALWAYS} are in it
     * @param nanos how long to wait at most, 0 for not at all, or {@link #FOR_EVER}
     * @return which of them the file is ready for; 0 if the time is over
     * @throws InterruptedException only if it had to wait
     */
    public static int await(OpenFile file, int wanted, long nanos) throws InterruptedException {
        int asked = wanted | PollState.ALWAYS;
        int ready = file.pollState() & asked;
        if (ready != 0 || nanos == 0) {
            return ready;
        }
        PollWait wait = new PollWait();
        ReadinessListener listener = wait::change;
        file.addListener(listener);
        try {
            long left = nanos;
            do {
                ready = file.pollState() & asked;
                if (ready == 0) {
                    left = wait.awaitChange(left);
                }
            } while (ready == 0 && left != 0);
            return ready == 0 ? file.pollState() & asked : ready;
        } finally {
            file.removeListener(listener);
        }
    }

    private void change() {
        lock.lock();
        try {
            hasChanged = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@link #change}; returns what is left of the time, 0 if it is over. */
    private long awaitChange(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!hasChanged && left != 0) {
                if (nanos == FOR_EVER) {
                    changed.await();
                } else {
                    left = Math.max(changed.awaitNanos(left), 0);
                }
            }
            hasChanged = false;
            return left;
        } finally {
            lock.unlock();
        }
    }
}
