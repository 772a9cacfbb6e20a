package dev.cortado.runtime.jdk;

import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.substrate.ConsoleStream;
import dev.cortado.runtime.file.EmptyFileSystem;
import dev.cortado.runtime.file.Errors;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;

/** What file descriptors stand for. So far: 0, 1 and 2, the console. */
final class OpenFiles {
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

    static void write(FileDescriptor file, byte[] bytes, int offset, int length)
            throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int descriptor = DESCRIPTORS.get(file);
        if (descriptor != STANDARD_OUTPUT && descriptor != STANDARD_ERROR) {
            throw new IOException(descriptor == -1 ? "Stream Closed" : "Bad file descriptor");
        }
        ConsoleStream.write(bytes, offset, length);
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    static int read(FileDescriptor file, byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireInput(file);
        if (length == 0) {
            return 0;
        }
        return ConsoleStream.read(bytes, offset, length);
    }

    static int available(FileDescriptor file) throws IOException {
        requireInput(file);
        return Keyboard.available();
    }

    private static void requireInput(FileDescriptor file) throws IOException {
        int descriptor = DESCRIPTORS.get(file);
        if (descriptor != STANDARD_INPUT) {
            throw new IOException(descriptor == -1 ? "Stream Closed" : "Bad file descriptor");
        }
    }

    static IOException noPosition() {
        return new IOException("Illegal seek");
    }

    /** Why a file that does not exist cannot be opened for reading. */
    static FileNotFoundException cannotRead(String name) {
        return exception(name, EmptyFileSystem.read(name));
    }

    /** Why no file can be opened for writing. */
    static FileNotFoundException cannotWrite(String name) {
        return exception(name, EmptyFileSystem.write(name));
    }

    private static FileNotFoundException exception(String name, int error) {
        return new FileNotFoundException(name + " (" + Errors.message(error) + ")");
    }
}
