package dev.cortado.runtime.net.time;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The timers of a stack, the earliest first: a heap in an array, which grows to as many timers as
 * are set at once and never shrinks. Setting a timer to a later time takes constant time, since its
 * place is left as it is and looked at when it comes up: that is what TCP's retransmission timer
 * does with every acknowledgment.
 *
 * <p>Its lock is the last of all in the stack's order and is held for a few steps; any thread may
 * set and cancel. One thread at a time calls {@link #expire}.
 */
public final class TimerQueue {
    /** What {@link #nextDelay} says if nothing is set: far away. */
    public static final long NEVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable earlier;
    private Timer[] heap = new Timer[64];
    private int count;

    /**
     * @param earlier is told, outside of the lock, when the first deadline has become an earlier
     *     one: wakes who sleeps until then
     */
    public TimerQueue(Runnable earlier) {
        this.earlier = earlier;
    }

    public TimerQueue() {
        this(() -> {});
    }

    /** Sets a timer, or sets it anew. */
    public void set(Timer timer, long deadline) {
        boolean isFirst;
        lock.lock();
        try {
            timer.deadline = deadline;
            timer.set = true;
            if (timer.place < 0) {
                insert(timer);
            } else if (deadline - timer.placed < 0) {
                timer.placed = deadline;
                up(timer);
            }
            isFirst = timer.place == 0 && timer.placed == deadline;
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            earlier.run();
        }
    }

    /** Does nothing if it is not set. */
    public void cancel(Timer timer) {
        lock.lock();
        try {
            timer.set = false;
            if (timer.place >= 0) {
                remove(timer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds from now to when {@link #expire} is to be called; 0 at once, or NEVER. */
    public long nextDelay(long now) {
        lock.lock();
        try {
            return count == 0 ? NEVER : Math.max(0, heap[0].placed - now);
        } finally {
            lock.unlock();
        }
    }

    /** How many timers are set. */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells the owners of all timers whose deadline has come. Those that are set meanwhile to a
     * time that has come too wait for the next call, so that this one ends.
     *
     * @return how many there were
     */
    public int expire(long now) {
        int expired = 0;
        // At most as many as are there now: an owner may set his timer to the past for ever.
        for (int left = count(); left > 0; left--) {
            Timer timer = takeExpired(now);
            if (timer == null) {
                break;
            }
            timer.expired(now);
            expired++;
        }
        return expired;
    }

    private Timer takeExpired(long now) {
        lock.lock();
        try {
            while (count > 0 && heap[0].placed - now <= 0) {
                Timer timer = heap[0];
                if (timer.deadline - now > 0) {
                    timer.placed = timer.deadline;
                    down(timer);
                } else {
                    remove(timer);
                    timer.set = false;
                    return timer;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void insert(Timer timer) {
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        timer.placed = timer.deadline;
        place(timer, count++);
        up(timer);
    }

    private void remove(Timer timer) {
        Timer last = heap[--count];
        heap[count] = null;
        if (last != timer) {
            place(last, timer.place);
            up(last);
            down(last);
        }
        timer.place = -1;
    }

    private void up(Timer timer) {
        int at = timer.place;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (timer.placed - heap[parent].placed >= 0) {
                break;
            }
            place(heap[parent], at);
            at = parent;
        }
        place(timer, at);
    }

    private void down(Timer timer) {
        int at = timer.place;
        while (2 * at + 1 < count) {
            int child = 2 * at + 1;
            if (child + 1 < count && heap[child + 1].placed - heap[child].placed < 0) {
                child++;
            }
            if (heap[child].placed - timer.placed >= 0) {
                break;
            }
            place(heap[child], at);
            at = child;
        }
        place(timer, at);
    }

    private void place(Timer timer, int at) {
        heap[at] = timer;
        timer.place = at;
    }
}
