package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.time.Timer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All that is in TIME-WAIT, the oldest first, with one timer. Bounded: the oldest makes place for
 * the newest, which needs it more.
 */
final class TimeWaits {
    private final ReentrantLock lock = new ReentrantLock();
    private final TcpCommons commons;
    private final Timer timer =
            new Timer() {
                @Override
                protected void expired(long now) {
                    removeOld(now);
                }
            };
    private TimeWait first;
    private TimeWait last;
    private int count;

    TimeWaits(TcpCommons commons) {
        this.commons = commons;
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Puts what is left of a connection in its place in the table. */
    void begin(TableEntry connection, TransmissionControlBlock tcb, long now) {
        TimeWait added = new TimeWait(connection, tcb, commons, now);
        lock.lock();
        try {
            if (!commons.table.replace(connection, added)) {
                return;
            }
            if (count >= commons.settings.maximumTimeWaits) {
                removeFirst();
            }
            append(added, now);
        } finally {
            lock.unlock();
        }
    }

    private void append(TimeWait added, long now) {
        added.until = now + commons.settings.timeWait;
        added.isListed = true;
        added.before = last;
        added.after = null;
        if (last == null) {
            first = added;
        } else {
            last.after = added;
        }
        last = added;
        if (count++ == 0) {
            commons.timers.set(timer, added.until);
        }
    }

    private void unlink(TimeWait removed) {
        if (removed.before == null) {
            first = removed.after;
        } else {
            removed.before.after = removed.after;
        }
        if (removed.after == null) {
            last = removed.before;
        } else {
            removed.after.before = removed.before;
        }
        removed.isListed = false;
        count--;
    }

    private void removeFirst() {
        TimeWait oldest = first;
        unlink(oldest);
        commons.table.remove(oldest);
    }

    private void removeOld(long now) {
        lock.lock();
        try {
            while (first != null && now >= first.until) {
                removeFirst();
            }
            if (first != null) {
                commons.timers.set(timer, first.until);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its time begins again. */
    void restart(TimeWait entry, long now) {
        lock.lock();
        try {
            if (entry.isListed) {
                unlink(entry);
                append(entry, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Its time is over. */
    void end(TimeWait entry) {
        lock.lock();
        try {
            if (entry.isListed) {
                unlink(entry);
                commons.table.remove(entry);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a new connection in its place.
     *
     * @return false if it is no longer there
     */
    boolean replace(TimeWait entry, TableEntry connection) {
        lock.lock();
        try {
            if (!entry.isListed || !commons.table.replace(entry, connection)) {
                return false;
            }
            unlink(entry);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
