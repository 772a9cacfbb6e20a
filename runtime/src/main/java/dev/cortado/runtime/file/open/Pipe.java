package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe (POSIX, pipe, read and write; pipe(7)): its reader sees the end when the last writer is
 * closed, its writer gets EPIPE when the last reader is. Up to {@value #ATOMIC_BYTES} bytes of one
 * call stay together, whoever else writes. Who is set not to wait writes those all or none, and of
 * more as many as there is room for.
 */
public final class Pipe {
    /** As pipes of Linux have at first (pipe(7), Pipe capacity). */
    public static final int CAPACITY = 1 << 16;

    /** PIPE_BUF (Linux, linux/limits.h). */
    public static final int ATOMIC_BYTES = 4096;

    private static final AtomicLong LAST_NUMBER = new AtomicLong();

    private final long number = LAST_NUMBER.incrementAndGet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final CopyOnWriteArrayList<PipeEnd> readers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<PipeEnd> writers = new CopyOnWriteArrayList<>();

    private final ByteRing ring = new ByteRing(CAPACITY);
    private volatile boolean readersWait = true;
    private volatile boolean writersWait = true;

    private final OpenFile reader;
    private final OpenFile writer;

    public Pipe() {
        reader = open(true);
        writer = open(false);
    }

    /** The end to read from. */
    public OpenFile reader() {
        return reader;
    }

    /** The end to write to. */
    public OpenFile writer() {
        return writer;
    }

    long number() {
        return number;
    }

    PipeEnd open(boolean isReader) {
        PipeEnd end = new PipeEnd(this, isReader);
        (isReader ? readers : writers).add(end);
        return end;
    }

    int count() {
        lock.lock();
        try {
            return ring.count();
        } finally {
            lock.unlock();
        }
    }

    void setBlocking(boolean isReader, boolean blocking) {
        if (isReader) {
            readersWait = blocking;
        } else {
            writersWait = blocking;
        }
        wake();
    }

    int read(ByteBuffer to, PipeEnd end) throws FileException {
        lock.lock();
        try {
            if (!to.hasRemaining()) {
                return 0;
            }
            while (ring.count() == 0) {
                if (writers.isEmpty()) {
                    return OpenFile.END;
                }
                if (!readersWait) {
                    return OpenFile.UNAVAILABLE;
                }
                end.checkOpen();
                await(notEmpty);
            }
            boolean wasWritable = isWritable();
            int taken = ring.take(to);
            notFull.signalAll();
            if (!wasWritable && isWritable()) {
                tell(writers);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    int write(ByteBuffer from, PipeEnd end) throws FileException {
        lock.lock();
        try {
            int total = from.remaining();
            while (from.hasRemaining()) {
                if (readers.isEmpty()) {
                    return written(total - from.remaining(), Errno.EPIPE);
                }
                if (ring.room() >= (total <= ATOMIC_BYTES ? total : 1)) {
                    put(from);
                } else if (!writersWait) {
                    int written = total - from.remaining();
                    return written == 0 ? OpenFile.UNAVAILABLE : written;
                } else if (!waitForRoom(end, total > from.remaining())) {
                    return total - from.remaining();
                }
            }
            return total;
        } finally {
            lock.unlock();
        }
    }

    private void put(ByteBuffer from) {
        boolean wasEmpty = ring.count() == 0;
        ring.put(from);
        if (wasEmpty) {
            notEmpty.signalAll();
            tell(readers);
        }
    }

    /** False if the end was closed, or the thread interrupted, after something was written. */
    private boolean waitForRoom(PipeEnd end, boolean hasWritten) throws FileException {
        try {
            end.checkOpen();
            await(notFull);
            end.checkOpen();
            return true;
        } catch (FileException e) {
            if (hasWritten) {
                return false;
            }
            throw e;
        }
    }

    private static int written(int count, Errno otherwise) throws FileException {
        if (count == 0) {
            throw new FileException(otherwise);
        }
        return count;
    }

    private static void await(Condition condition) throws FileException {
        try {
            condition.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileException(Errno.EINTR);
        }
    }

    /** Whether what is kept together can be written without waiting. */
    private boolean isWritable() {
        return ring.room() >= ATOMIC_BYTES;
    }

    int pollState(boolean isReader) {
        lock.lock();
        try {
            return isReader ? readerState() : writerState();
        } finally {
            lock.unlock();
        }
    }

    private int readerState() {
        return (ring.count() == 0 ? 0 : PollState.READABLE)
                | (writers.isEmpty() ? PollState.HANG_UP : 0);
    }

    private int writerState() {
        return (isWritable() ? PollState.WRITABLE : 0) | (readers.isEmpty() ? PollState.ERROR : 0);
    }

    void wake() {
        lock.lock();
        try {
            notEmpty.signalAll();
            notFull.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void release(PipeEnd end, boolean isReader) {
        lock.lock();
        try {
            (isReader ? readers : writers).remove(end);
            if (readers.isEmpty()) {
                ring.clear();
            }
            notEmpty.signalAll();
            notFull.signalAll();
            tell(isReader ? writers : readers);
        } finally {
            lock.unlock();
        }
    }

    private static void tell(CopyOnWriteArrayList<PipeEnd> ends) {
        for (PipeEnd end : ends) {
            end.changed();
        }
    }
}
