package dev.cortado.drivers.xen.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where the events of some watches wait for a thread. Equal events that wait are one event. When
 * many wait, all those of a watch become one for its whole tree, so that the queue stays short
 * however much changes, and nothing is missed.
 */
public final class WatchQueue {
    private static final int MANY = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LinkedHashSet<WatchEvent> events = new LinkedHashSet<>();
    private String lost;

    /** The next event, which is waited for. */
    public WatchEvent take() throws InterruptedException, IOException {
        return poll(Long.MAX_VALUE);
    }

    /** As {@link #take}; null if there is none in time. */
    public WatchEvent poll(Duration timeout) throws InterruptedException, IOException {
        return poll(TimeUnit.NANOSECONDS.convert(timeout));
    }

    /**
     * @throws IOException if no more events can come because the connection to xenstore is lost
     */
    private WatchEvent poll(long nanos) throws InterruptedException, IOException {
        long left = nanos;
        lock.lockInterruptibly();
        try {
            while (events.isEmpty()) {
                if (lost != null) {
                    throw new StoreException("WATCH", "", StoreException.EIO, lost);
                }
                if (nanos == Long.MAX_VALUE) {
                    changed.await();
                } else if (left <= 0) {
                    return null;
                } else {
                    left = changed.awaitNanos(left);
                }
            }
            Iterator<WatchEvent> first = events.iterator();
            WatchEvent event = first.next();
            first.remove();
            return event;
        } finally {
            lock.unlock();
        }
    }

    void add(WatchEvent event) {
        lock.lock();
        try {
            if (events.size() >= MANY && !events.contains(event)) {
                removeAll(event.watch());
                events.add(new WatchEvent(event.watch(), event.watch().path()));
            } else {
                events.add(event);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void remove(Watch watch) {
        lock.lock();
        try {
            removeAll(watch);
        } finally {
            lock.unlock();
        }
    }

    private void removeAll(Watch watch) {
        events.removeIf(event -> event.watch() == watch);
    }

    /** No more events will come. */
    void lose(String reason) {
        lock.lock();
        try {
            lost = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
