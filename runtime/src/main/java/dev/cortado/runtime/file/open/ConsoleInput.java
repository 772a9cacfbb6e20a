package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the {@link ConsoleFile}s of one port share: who waits for input, and the end of input. */
final class ConsoleInput {
    private final ConsolePort port;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition inputCame = lock.newCondition();
    private final CopyOnWriteArrayList<ConsoleFile> files = new CopyOnWriteArrayList<>();

    private volatile boolean readersWait = true;
    private boolean hasEnded;

    ConsoleInput(ConsolePort port) {
        this.port = port;
        port.onInput(this::inputCame);
    }

    void add(ConsoleFile file) {
        files.add(file);
    }

    void remove(ConsoleFile file) {
        files.remove(file);
    }

    private void inputCame() {
        wake();
        for (ConsoleFile file : files) {
            file.changed();
        }
    }

    void wake() {
        lock.lock();
        try {
            inputCame.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int read(ByteBuffer to, ConsoleFile file) throws FileException {
        lock.lock();
        try {
            while (true) {
                int count = hasEnded ? OpenFile.END : port.read(to);
                hasEnded = count == OpenFile.END;
                if (count != 0) {
                    return count;
                }
                if (!readersWait) {
                    return OpenFile.UNAVAILABLE;
                }
                file.checkOpen();
                inputCame.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileException(Errno.EINTR);
        } finally {
            lock.unlock();
        }
    }

    /** Without the lock: who waits for input does not keep others from writing. */
    int write(ByteBuffer from) {
        int count = from.remaining();
        port.write(from);
        return count;
    }

    int available() {
        return Math.max(port.available(), 0);
    }

    void setBlocking(boolean blocking) {
        readersWait = blocking;
        wake();
    }

    boolean isReadable() {
        lock.lock();
        try {
            return hasEnded || port.available() != 0;
        } finally {
            lock.unlock();
        }
    }
}
