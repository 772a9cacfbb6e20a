package dev.cortado.runtime.file.folder;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Lock;

/**
 * The bytes of a file that somebody has retained. What is larger than a message goes in several,
 * between which no other thread of the guest does something with the file.
 */
final class HeldContent {
    private HeldContent() {}

    private static Session session(OpenHandle file) {
        return file.handle().session();
    }

    static int read(HeldFile file, long position, ByteBuffer to) throws FileException {
        Lock lock = file.content().readLock();
        lock.lock();
        int start = to.position();
        boolean done = false;
        try {
            OpenHandle open = file.open(Use.READ);
            long at = position;
            int count = 1;
            while (to.hasRemaining() && count > 0) {
                count = session(open).read(open, at, to);
                at += count;
            }
            done = true;
            return to.position() - start;
        } finally {
            lock.unlock();
            if (!done) {
                to.position(start); // who was interrupted reads it again
            }
        }
    }

    static int write(HeldFile file, long position, ByteBuffer from) throws FileException {
        Lock lock = file.content().writeLock();
        lock.lock();
        try {
            return (int) (write(file, file.open(Use.WRITE), position, from) - position);
        } finally {
            lock.unlock();
        }
    }

    /** The host puts it at the end, wherever that is when it comes there (open(2), O_APPEND). */
    static long append(HeldFile file, ByteBuffer from) throws FileException {
        Lock lock = file.content().writeLock();
        lock.lock();
        try {
            OpenHandle open = openForAppending(file);
            return write(file, open, file.attributes().size(), from);
        } finally {
            lock.unlock();
        }
    }

    /** What has no name any more can still be written at where it ended. */
    private static OpenHandle openForAppending(HeldFile file) throws FileException {
        try {
            return file.open(Use.APPEND);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT && e.errno() != Errno.ESTALE) {
                throw e;
            }
            return file.open(Use.WRITE);
        }
    }

    /** Returns the position behind what was written, which is less than all only after an error. */
    private static long write(HeldFile file, OpenHandle open, long position, ByteBuffer from)
            throws FileException {
        long at = position;
        try {
            while (from.hasRemaining()) {
                at += session(open).write(open, at, from);
            }
        } catch (FileException e) {
            if (at == position) {
                throw e;
            }
        } finally {
            file.written(at);
        }
        return at;
    }

    /**
     * @throws FileException ESTALE if the server finds no more than the file's name, which is not
     *     its any more
     */
    static void truncate(HeldFile file, long size) throws FileException {
        Lock lock = file.content().writeLock();
        lock.lock();
        try {
            file.change(Use.WRITE, handle -> handle.session().truncate(handle, size));
        } finally {
            lock.unlock();
        }
    }

    static void sync(HeldFile file, boolean onlyData) throws FileException {
        OpenHandle open = openForSync(file);
        session(open).sync(open, onlyData);
    }

    private static OpenHandle openForSync(HeldFile file) throws FileException {
        try {
            return file.open(Use.READ);
        } catch (FileException e) {
            if (e.errno() != Errno.EACCES) {
                throw e;
            }
            return file.open(Use.WRITE);
        }
    }
}
