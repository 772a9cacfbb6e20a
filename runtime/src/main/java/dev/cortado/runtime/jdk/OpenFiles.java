package dev.cortado.runtime.jdk;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.substrate.SystemCalls;
import dev.cortado.runtime.file.EmptyFileSystem;
import dev.cortado.runtime.file.Errors;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Objects;
import jdk.internal.access.JavaIOFileDescriptorAccess;
import jdk.internal.access.SharedSecrets;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * What file descriptors stand for. So far: 0, 1 and 2, the console. Bytes are copied straight to
 * the device; the stack buffer for input keeps the garbage collector free to move the array
 * meanwhile.
 */
final class OpenFiles {
    private static final int STANDARD_INPUT = 0;
    private static final int STANDARD_OUTPUT = 1;
    private static final int STANDARD_ERROR = 2;
    private static final int INPUT_BUFFER_BYTES = 1024;

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
        writeConsole(bytes, offset, length);
    }

    @Uninterruptible(reason = "The array must not move while its bytes are written.")
    private static void writeConsole(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            Console.write(bytes[offset + i]);
        }
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    static int read(FileDescriptor file, byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireInput(file);
        if (length == 0) {
            return 0;
        }
        Pointer buffer = StackValue.get(INPUT_BUFFER_BYTES);
        int count = SystemCalls.readConsole(buffer, Math.min(length, INPUT_BUFFER_BYTES));
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = buffer.readByte(i);
        }
        return count;
    }

    static int available(FileDescriptor file) throws IOException {
        requireInput(file);
        return Console.available();
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
