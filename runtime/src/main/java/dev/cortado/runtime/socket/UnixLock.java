package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.FileException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one lock of all sockets of AF_UNIX: both ends of a connection, the listener that made it and
 * the names are within one program, and nothing is done with it held but to copy bytes.
 */
final class UnixLock {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();

    private UnixLock() {}

    interface Call<T> {
        T run() throws FileException;
    }

    static <T> T locked(Call<T> call) throws FileException {
        LOCK.lock();
        try {
            return call.run();
        } finally {
            LOCK.unlock();
        }
    }

    static void lock() {
        LOCK.lock();
    }

    static void unlock() {
        LOCK.unlock();
    }

    /**
     * Waits, with the lock, until something has changed anywhere.
     *
     * @throws FileException EINTR
     */
    static void await() throws FileException {
        try {
            CHANGED.await();
        } catch (InterruptedException e) {
            throw SocketCore.interrupted();
        }
    }

    /** Wakes all who wait; with the lock. */
    static void signalAll() {
        CHANGED.signalAll();
    }
}
