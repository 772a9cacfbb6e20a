package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.ClosedFileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What {@code sun.nio.ch}'s channels do with open files. Counts are those of its IOStatus: whoever
 * was interrupted, or found the file closed under him, is told {@link #INTERRUPTED} and sees for
 * himself.
 */
final class ChannelCalls {
    /** {@code IOStatus.INTERRUPTED}; its EOF and UNAVAILABLE are {@link OpenFile}'s. */
    static final int INTERRUPTED = -3;

    /** {@code IOStatus.UNSUPPORTED_CASE}. */
    static final int UNSUPPORTED_CASE = -6;

    private ChannelCalls() {}

    /** A call that moves bytes. */
    @FunctionalInterface
    interface Transfer {
        long run(OpenFile file) throws FileException;
    }

    /** What is thrown where a call has failed. */
    @FunctionalInterface
    interface Failure {
        IOException of(FileException error);
    }

    static long transfer(FileDescriptor descriptor, Transfer transfer) throws IOException {
        return transfer(OpenFiles.number(descriptor), file -> run(file, transfer));
    }

    /**
     * A thread that was interrupted before is not told of that again: a channel that is still open
     * is not closed by it, and would call again and again.
     */
    static long run(OpenFile file, Transfer transfer) throws FileException {
        boolean wasInterrupted = Thread.interrupted();
        try {
            return transfer.run(file);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static long transfer(int number, Transfer transfer) throws IOException {
        return transfer(number, transfer, FileErrors::inputOutput);
    }

    static long transfer(int number, Transfer transfer, Failure failure) throws IOException {
        try {
            return transfer.run(OpenFiles.file(number));
        } catch (ClosedFileException e) {
            return INTERRUPTED;
        } catch (FileException e) {
            if (e.errno() == Errno.EINTR) {
                return INTERRUPTED;
            }
            throw failure.of(e);
        }
    }

    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        return (int)
                transfer(descriptor, file -> MemoryTransfers.read(file::read, address, length));
    }

    static int write(FileDescriptor descriptor, long address, int length) throws IOException {
        return (int)
                transfer(descriptor, file -> MemoryTransfers.write(file::write, address, length));
    }

    static int read(FileDescriptor descriptor, ByteBuffer to) throws IOException {
        return (int) transfer(descriptor, file -> file.read(to));
    }

    static int write(FileDescriptor descriptor, ByteBuffer from) throws IOException {
        return (int) transfer(descriptor, file -> file.write(from));
    }

    static int readAt(FileDescriptor descriptor, ByteBuffer to, long position) throws IOException {
        return (int) transfer(descriptor, file -> file.readAt(position, to));
    }

    static int writeAt(FileDescriptor descriptor, ByteBuffer from, long position)
            throws IOException {
        return (int) transfer(descriptor, file -> file.writeAt(position, from));
    }

    /** Reads into {@code count} vectors, and waits at the first one only. */
    static long readVectors(FileDescriptor descriptor, long vectors, int count) throws IOException {
        return transfer(descriptor, file -> Vectors.read(file, vectors, count));
    }

    /** Writes from {@code count} vectors; as one piece, if it is a small one. */
    static long writeVectors(FileDescriptor descriptor, long vectors, int count)
            throws IOException {
        return transfer(descriptor, file -> Vectors.write(file, vectors, count));
    }

    static void configureBlocking(FileDescriptor descriptor, boolean blocking) throws IOException {
        transfer(
                descriptor,
                file -> {
                    file.setBlocking(blocking);
                    return 0;
                });
    }

    static int readAt(FileDescriptor descriptor, long address, int length, long position)
            throws IOException {
        return (int)
                transfer(
                        descriptor,
                        file ->
                                MemoryTransfers.read(
                                        to -> file.readAt(position, to), address, length));
    }

    static int writeAt(FileDescriptor descriptor, long address, int length, long position)
            throws IOException {
        return (int)
                transfer(
                        descriptor,
                        file -> MemoryTransfers.writeAt(file::writeAt, position, address, length));
    }

    static int sync(FileDescriptor descriptor, boolean onlyData) throws IOException {
        return (int)
                transfer(
                        descriptor,
                        file -> {
                            file.sync(onlyData);
                            return 0;
                        });
    }

    /** Returns the position, which it does not change if {@code offset} is negative. */
    static long seek(FileDescriptor descriptor, long offset) throws IOException {
        return transfer(
                descriptor,
                file -> {
                    if (offset < 0) {
                        return file.position();
                    }
                    file.seek(offset);
                    return offset;
                });
    }

    static int truncate(FileDescriptor descriptor, long size) throws IOException {
        return (int)
                transfer(
                        descriptor,
                        file -> {
                            file.truncate(size);
                            return 0;
                        });
    }

    static long size(FileDescriptor descriptor) throws IOException {
        return attributes(descriptor).size();
    }

    static Attributes attributes(FileDescriptor descriptor) throws IOException {
        try {
            return OpenFiles.file(OpenFiles.number(descriptor)).attributes();
        } catch (FileException e) {
            throw FileErrors.inputOutput(e);
        }
    }

    /** What positions and lengths are multiples of in a file that was opened past its cache. */
    static int transferBytes(FileDescriptor descriptor) throws IOException {
        return (int) transfer(descriptor, OpenFile::transferBytes);
    }

    /** Whether it is neither a file nor a directory nor a link. */
    static boolean isOther(FileDescriptor descriptor) throws IOException {
        return switch (attributes(descriptor).kind()) {
            case REGULAR, DIRECTORY, SYMBOLIC_LINK -> false;
            case PIPE, CHARACTER_DEVICE, BLOCK_DEVICE, SOCKET -> true;
        };
    }

    /** Wakes whoever waits in a file that is about to be closed; its number stays taken. */
    static void preClose(int number) throws IOException {
        GuestFiles files = GuestFiles.made();
        if (files != null) {
            try {
                files.table().preClose(number);
            } catch (FileException e) {
                throw FileErrors.inputOutput(e);
            }
        }
    }
}
