package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.InternalVMMethod;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.cpu.Numbers;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The console for Java threads. Bytes pass a buffer on the stack, and the thread waits in the
 * kernel: so the garbage collector neither waits for a console nor moves what it reads.
 */
@InternalVMMethod
public final class ConsoleStream {
    private static final int BUFFER_BYTES = 1024;

    /** The compiler lets nobody else have such a buffer on a stack that can be moved. */
    private static final String REASON = "A virtual thread's stack stays while it is in here.";

    private ConsoleStream() {}

    /** Shows the first bytes of a text. */
    static void write(byte[] bytes, int length) {
        write(bytes, 0, length);
    }

    /** Writes all of it, and nobody else's bytes come between. */
    public static void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, BUFFER_BYTES);
            int isFirst = done == 0 ? 1 : 0;
            int isLast = done + part == length ? 1 : 0;
            writePart(bytes, offset + done, part, isFirst, isLast);
            done += part;
        }
    }

    @Uninterruptible(reason = REASON, calleeMustBe = false)
    private static void writePart(byte[] bytes, int offset, int part, int isFirst, int isLast) {
        Pointer buffer = StackValue.get(BUFFER_BYTES);
        for (int i = 0; i < part; i++) {
            buffer.writeByte(i, bytes[offset + i]);
        }
        SystemCalls.writeConsole(buffer, part, isFirst, isLast);
    }

    /**
     * Reads what has come in; waits until there is something.
     *
     * @param length at least 1
     * @return how many bytes were read, or -1 at the end of input
     */
    public static int read(byte[] bytes, int offset, int length) {
        int count = Keyboard.INTERRUPTED;
        while (count == Keyboard.INTERRUPTED) {
            count = readUnlessInterrupted(bytes, offset, length, Keyboard.interruptions());
        }
        return count;
    }

    /**
     * As above, but returns {@link Keyboard#INTERRUPTED} if {@link Keyboard#interruptReaders} comes
     * first.
     *
     * @param before {@link Keyboard#interruptions}, or {@link Keyboard#NOT_WAITING}
     */
    @Uninterruptible(reason = REASON, calleeMustBe = false)
    public static int readUnlessInterrupted(byte[] bytes, int offset, int length, long before) {
        Pointer buffer = StackValue.get(BUFFER_BYTES);
        int capacity = (int) Numbers.min(length, BUFFER_BYTES);
        int count = SystemCalls.readConsole(buffer, capacity, before);
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = buffer.readByte(i);
        }
        return count;
    }
}
