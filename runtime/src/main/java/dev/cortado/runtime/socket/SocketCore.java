package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the open files of one socket share: its lock, who waits, and whether they wait. The stack
 * may be asked with the lock held; it is not told to do anything with it, since then it may call
 * back.
 */
abstract class SocketCore {
    final SocketHost host;
    final boolean onlyIpv4;
    final ReentrantLock lock = new ReentrantLock();

    /** Something to take may be there: bytes, a connection, the end. */
    final Condition input = lock.newCondition();

    /** There may be room, or connecting has ended. */
    final Condition output = lock.newCondition();

    volatile boolean blocking = true;
    private final CopyOnWriteArrayList<SocketFile> files = new CopyOnWriteArrayList<>();

    SocketCore(SocketHost host, boolean onlyIpv4) {
        this.host = host;
        this.onlyIpv4 = onlyIpv4;
    }

    final long now() {
        return host.clock().nanoTime();
    }

    final void attach(SocketFile file) {
        files.add(file);
    }

    /** A file was given up; with the last one the socket goes. */
    final void detach(SocketFile file) {
        boolean isLast;
        lock.lock();
        try {
            isLast = files.remove(file) && files.isEmpty();
        } finally {
            lock.unlock();
        }
        if (isLast) {
            close();
        }
    }

    /** Nobody is in it any more, and nobody will be. */
    abstract void close();

    final void setBlocking(boolean value) {
        blocking = value;
        wake();
    }

    final void wake() {
        lock.lock();
        try {
            input.signalAll();
            output.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those whom it concerns, and tells all who listen. */
    final void changed(boolean isInput, boolean isOutput) {
        lock.lock();
        try {
            if (isInput) {
                input.signalAll();
            }
            if (isOutput) {
                output.signalAll();
            }
        } finally {
            lock.unlock();
        }
        for (SocketFile file : files) {
            file.changed();
        }
    }

    /**
     * Waits once, with the lock held, for as long as the file is open: who was woken by its end
     * does not go on, as his buffer may be in use for something else by then.
     */
    final void await(Condition condition, SocketFile file) throws FileException {
        file.checkOpen();
        try {
            condition.await();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        file.checkOpen();
    }

    /** As the other one, for some time at most. */
    final void await(Condition condition, SocketFile file, long nanos) throws FileException {
        file.checkOpen();
        try {
            condition.awaitNanos(nanos);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        file.checkOpen();
    }

    static FileException interrupted() {
        Thread.currentThread().interrupt();
        return new FileException(Errno.EINTR);
    }
}
