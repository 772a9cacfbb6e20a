package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks on ranges of one file (POSIX, fcntl, F_SETLK). An owner's new lock replaces what of its
 * own it overlaps; another owner's shared locks may overlap shared ones, and nothing else. To POSIX
 * the owner is the process: within one program all locks are granted, and {@code
 * java.nio.channels.FileChannel} itself refuses those that overlap.
 */
public final class RangeLocks {
    /** Behind any position. */
    private static final long END = Long.MAX_VALUE;

    /** ENOLCK beyond. */
    private static final int MAXIMUM_LOCKS = 1 << 12;

    /** A range from {@code start} to {@code end}, exclusive. */
    private record RangeLock(Object owner, long start, long end, boolean exclusive) {
        boolean overlaps(long otherStart, long otherEnd) {
            return start < otherEnd && otherStart < end;
        }

        /** Whether one ends where the other begins, and they could be one lock. */
        boolean touches(RangeLock other) {
            return (end == other.start || start == other.end)
                    && exclusive == other.exclusive
                    && owner.equals(other.owner);
        }

        RangeLock of(long newStart, long newEnd) {
            return new RangeLock(owner, newStart, newEnd, exclusive);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Those of one owner do not overlap, nor are two that could be one beside each other. */
    private List<RangeLock> locks = new ArrayList<>();

    /**
     * Locks a range.
     *
     * @param length 0 means to the end, however far
     * @param waiter the open file that it waits in, and stops waiting when that is closed; null if
     *     it is not to wait
     * @return false if others' locks are in the way and it did not wait
     * @throws FileException EINVAL, ENOLCK, EINTR; what the waiter throws
     */
    public boolean lock(Object owner, long start, long length, boolean exclusive, OpenFile waiter)
            throws FileException {
        long end = end(start, length);
        lock.lock();
        try {
            while (isBlocked(owner, start, end, exclusive)) {
                if (waiter == null) {
                    return false;
                }
                waiter.requireOpen();
                await();
            }
            replace(owner, start, end, new RangeLock(owner, start, end, exclusive));
            return true;
        } finally {
            lock.unlock();
        }
    }

    public void unlock(Object owner, long start, long length) throws FileException {
        long end = end(start, length);
        lock.lock();
        try {
            replace(owner, start, end, null);
        } finally {
            lock.unlock();
        }
    }

    /** Gives up all locks of an owner, as when it closes the file. */
    public void unlockAll(Object owner) {
        lock.lock();
        try {
            locks.removeIf(range -> range.owner().equals(owner));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is locked. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return locks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets those that wait look whether their files are still open. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long end(long start, long length) throws FileException {
        if (start < 0 || length < 0) {
            throw new FileException(Errno.EINVAL);
        }
        return length == 0 || length > END - start ? END : start + length;
    }

    private boolean isBlocked(Object owner, long start, long end, boolean exclusive) {
        for (RangeLock range : locks) {
            if (range.overlaps(start, end)
                    && !range.owner().equals(owner)
                    && (exclusive || range.exclusive())) {
                return true;
            }
        }
        return false;
    }

    /** Cuts the range out of its owner's locks, and adds one if it is not null. */
    private void replace(Object owner, long start, long end, RangeLock added) throws FileException {
        List<RangeLock> result = new ArrayList<>();
        for (RangeLock range : locks) {
            if (!range.owner().equals(owner) || !range.overlaps(start, end)) {
                result.add(range);
                continue;
            }
            if (range.start() < start) {
                result.add(range.of(range.start(), start));
            }
            if (range.end() > end) {
                result.add(range.of(end, range.end()));
            }
        }
        if (added != null) {
            result.add(merged(result, added));
        }
        if (result.size() > MAXIMUM_LOCKS && result.size() > locks.size()) {
            throw new FileException(Errno.ENOLCK);
        }
        locks = result;
        changed.signalAll();
    }

    /** Takes out the owner's ranges beside a lock that are locked as it is; returns all in one. */
    private static RangeLock merged(List<RangeLock> ranges, RangeLock added) {
        long start = added.start();
        long end = added.end();
        Iterator<RangeLock> iterator = ranges.iterator();
        while (iterator.hasNext()) {
            RangeLock range = iterator.next();
            if (range.touches(added)) {
                start = Math.min(start, range.start());
                end = Math.max(end, range.end());
                iterator.remove();
            }
        }
        return added.of(start, end);
    }

    private void await() throws FileException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileException(Errno.EINTR);
        }
    }
}
