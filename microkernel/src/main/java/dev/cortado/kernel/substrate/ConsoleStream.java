package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.InternalVMMethod;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The console for Java threads. Bytes pass a buffer on the stack, and the thread waits in the
 * kernel: so the garbage collector neither waits for a console nor moves what it reads.
 */
@InternalVMMethod
public final class ConsoleStream {
    private static final int BUFFER_BYTES = 1024;

    private ConsoleStream() {}

    /** Shows the first bytes of a text. */
    static void write(byte[] bytes, int length) {
        write(bytes, 0, length);
    }

    /** Writes all of it, and nobody else's bytes come between. */
    public static void write(byte[] bytes, int offset, int length) {
        Pointer buffer = StackValue.get(BUFFER_BYTES);
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, BUFFER_BYTES);
            for (int i = 0; i < part; i++) {
                buffer.writeByte(i, bytes[offset + done + i]);
            }
            int isFirst = done == 0 ? 1 : 0;
            done += part;
            SystemCalls.writeConsole(buffer, part, isFirst, done == length ? 1 : 0);
        }
    }

    /**
     * Reads what has come in; waits until there is something.
     *
     * @param length at least 1
     * @return how many bytes were read, or -1 at the end of input
     */
    public static int read(byte[] bytes, int offset, int length) {
        Pointer buffer = StackValue.get(BUFFER_BYTES);
        int count = SystemCalls.readConsole(buffer, Math.min(length, BUFFER_BYTES));
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = buffer.readByte(i);
        }
        return count;
    }
}
