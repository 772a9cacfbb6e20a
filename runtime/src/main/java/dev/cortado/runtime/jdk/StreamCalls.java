package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.map.Uninterrupted;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.OpenFileTable;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.ByteBuffer;

/**
 * What {@code java.io}'s streams do with open files, which they know by their numbers. They are not
 * interrupted: who is while it waits, waits on.
 */
final class StreamCalls {
    private final OpenFileTable table;

    StreamCalls(OpenFileTable table) {
        this.table = table;
    }

    /** A call that may wait. */
    @FunctionalInterface
    private interface Transfer {
        int run(OpenFile file) throws FileException;
    }

    /** A call that tells a number. */
    @FunctionalInterface
    private interface Query {
        long of(OpenFile file) throws FileException;
    }

    int read(int number, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer to = ByteBuffer.wrap(bytes, offset, length);
        return uninterrupted(number, file -> file.read(to));
    }

    /** Writes all bytes. */
    void write(int number, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(bytes, offset, length);
        while (from.hasRemaining()) {
            uninterrupted(number, file -> file.write(from));
        }
    }

    private int uninterrupted(int number, Transfer transfer) throws IOException {
        boolean wasInterrupted = false;
        try {
            OpenFile file = table.get(number);
            while (true) {
                try {
                    return require(transfer.run(file));
                } catch (FileException e) {
                    if (e.errno() != Errno.EINTR) {
                        throw e;
                    }
                    wasInterrupted |= Thread.interrupted();
                }
            }
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int require(int count) throws FileException {
        if (count == OpenFile.UNAVAILABLE) {
            throw new FileException(Errno.EAGAIN);
        }
        return count;
    }

    private long query(int number, Query query) throws IOException {
        try {
            return query.of(table.get(number));
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    int available(int number) throws IOException {
        return (int) Math.min(query(number, OpenFile::available), Integer.MAX_VALUE);
    }

    /** Returns how far it went, back if {@code count} is negative; a device goes nowhere. */
    long skip(int number, long count) throws IOException {
        return query(
                number,
                file -> {
                    long before = file.position();
                    long after = before + count;
                    if (count > 0 && after < 0) {
                        throw new FileException(Errno.EOVERFLOW);
                    }
                    file.seek(after);
                    return file.position() - before;
                });
    }

    void seek(int number, long position) throws IOException {
        query(
                number,
                file -> {
                    file.seek(position);
                    return position;
                });
    }

    long position(int number) throws IOException {
        return query(number, OpenFile::position);
    }

    long length(int number) throws IOException {
        return query(number, file -> file.attributes().size());
    }

    /** Cuts a file off, or adds zeros; what is read and written next is at its end at most. */
    void setLength(int number, long length) throws IOException {
        query(
                number,
                file -> {
                    long position = file.position();
                    file.truncate(length);
                    file.seek(Math.min(position, length));
                    return length;
                });
    }

    boolean isRegular(int number) throws IOException {
        return query(number, file -> file.attributes().kind() == FileKind.REGULAR ? 1 : 0) != 0;
    }

    void sync(int number) throws SyncFailedException {
        try {
            OpenFile file = table.get(number);
            Uninterrupted.call(() -> {
                file.sync(false);
                return 0;
            });
        } catch (FileException e) {
            throw new SyncFailedException("sync failed");
        }
    }

    /** Closes what a number stands for, if it is open. */
    void close(int number) {
        try {
            table.close(number);
        } catch (FileException e) {
            // Linux's close(2): the number is free then, too.
        }
    }
}
