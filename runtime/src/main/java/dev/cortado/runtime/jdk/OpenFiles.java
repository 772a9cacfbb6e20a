package dev.cortado.runtime.jdk;

import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.substrate.ConsoleStream;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.SyncFailedException;
import java.util.Objects;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;

/**
 * What the JDK's file descriptors stand for: 0, 1 and 2 go straight to the console, the others are
 * in the table of {@link GuestFiles}. As long as that was not made there are no others.
 */
final class OpenFiles {
    private static final int CLOSED = -1;
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;

    private static final JavaIOFileDescriptorAccess DESCRIPTORS =
            SharedSecrets.getJavaIOFileDescriptorAccess();

    private OpenFiles() {}

    /** The number of an open file, -1 if it is closed. */
    static int number(FileDescriptor file) {
        return DESCRIPTORS.get(file);
    }

    static void setNumber(FileDescriptor file, int number) {
        DESCRIPTORS.set(file, number);
    }

    /** Tells the descriptor what it stands for from now on. */
    static void opened(FileDescriptor file, int number, boolean appends) {
        DESCRIPTORS.set(file, number);
        DESCRIPTORS.setAppend(file, appends);
    }

    static boolean isConsole(FileDescriptor file) {
        int number = number(file);
        return number >= STANDARD_INPUT && number <= STANDARD_ERROR;
    }

    /**
     * @throws FileException EBADF
     */
    static OpenFile file(int number) throws FileException {
        GuestFiles files = GuestFiles.made();
        if (files == null) {
            throw new FileException(Errno.EBADF);
        }
        return files.table().get(number);
    }

    /** What streams do with a descriptor's file. */
    static StreamCalls streams(FileDescriptor file) throws IOException {
        GuestFiles files = GuestFiles.made();
        int number = number(file);
        if (number == CLOSED || files == null) {
            throw new IOException(number == CLOSED ? "Stream Closed" : "Bad file descriptor");
        }
        return files.streams();
    }

    /** As above, for what only a file with a position does, which the console is not. */
    static StreamCalls positioned(FileDescriptor file) throws IOException {
        if (isConsole(file)) {
            throw new IOException("Illegal seek");
        }
        return streams(file);
    }

    /** Of one that is closed, fstat(2) says so, and not the JDK. */
    static boolean isRegular(FileDescriptor file) throws IOException {
        GuestFiles files = GuestFiles.made();
        if (files == null) {
            throw new IOException("Bad file descriptor");
        }
        return files.streams().isRegular(number(file));
    }

    /** Writes all bytes. */
    static void write(FileDescriptor file, byte[] bytes, int offset, int length)
            throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int number = number(file);
        if (number == STANDARD_OUTPUT || number == STANDARD_ERROR) {
            ConsoleStream.write(bytes, offset, length);
        } else if (length > 0) {
            streams(file).write(number, bytes, offset, length);
        }
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    static int read(FileDescriptor file, byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int number = number(file);
        return number == STANDARD_INPUT
                ? ConsoleStream.read(bytes, offset, length)
                : streams(file).read(number, bytes, offset, length);
    }

    /**
     * As above, but {@link ChannelCalls#INTERRUPTED} if somebody wakes those that wait for input.
     */
    static int readUnlessInterrupted(FileDescriptor file, byte[] bytes) throws IOException {
        return number(file) == STANDARD_INPUT && bytes.length > 0
                ? ConsoleStream.readUnlessInterrupted(
                        bytes, 0, bytes.length, Keyboard.interruptions())
                : read(file, bytes, 0, bytes.length);
    }

    /** How many bytes can be read without waiting. */
    static int available(FileDescriptor file) throws IOException {
        int number = number(file);
        return number == STANDARD_INPUT ? Keyboard.available() : streams(file).available(number);
    }

    /** The console shows each byte at once: nothing waits to be written. */
    static void sync(FileDescriptor file) throws SyncFailedException {
        if (isConsole(file)) {
            return;
        }
        GuestFiles files = GuestFiles.made();
        if (files == null) {
            throw new SyncFailedException("sync failed");
        }
        files.streams().sync(number(file));
    }

    /** Closes a descriptor, and as {@link #close(int)}. */
    static void close(FileDescriptor file) {
        int number = number(file);
        setNumber(file, CLOSED);
        close(number);
    }

    /**
     * Closes what a number stands for, if it is open. The console stays open: who opens a file next
     * must not get its number, and panics and the uncaught are told there.
     */
    static void close(int number) {
        GuestFiles files = GuestFiles.made();
        if (files != null && number > STANDARD_ERROR) {
            files.streams().close(number);
        }
    }
}
