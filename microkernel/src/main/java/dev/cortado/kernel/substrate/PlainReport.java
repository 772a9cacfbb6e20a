package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.machine.Machine;
import java.nio.charset.StandardCharsets;
import org.graalvm.word.Pointer;

/** Says what little can be said of an exception without the Java runtime. */
final class PlainReport {
    private static final String REASON = "Reports a fault, in whatever state the machine is.";

    private static final byte[] PANICKED = ascii("\ncortado: panicked: ");
    private static final byte[] WITHOUT_JAVA =
            ascii("CPU exception before the Java runtime is up: vector, error, rip, cr2:");
    private static final byte[] AGAIN =
            ascii("\n(another CPU exception while this was printed: vector, error, rip, cr2:");
    private static final byte[] END = ascii(")\n");

    /** All that the frame has, four to a line. */
    private static final byte[][] NAMES = {
        ascii("rax"), ascii("rbx"), ascii("rcx"), ascii("rdx"),
        ascii("rsi"), ascii("rdi"), ascii("rbp"), ascii("rsp"),
        ascii("r8 "), ascii("r9 "), ascii("r10"), ascii("r11"),
        ascii("r12"), ascii("r13"), ascii("r14"), ascii("r15"),
        ascii("rip"), ascii("rfl"), ascii("cs "), ascii("ss "),
    };

    private static final int[] OFFSETS = {
        InterruptFrame.RAX, InterruptFrame.RBX, InterruptFrame.RCX, InterruptFrame.RDX,
        InterruptFrame.RSI, InterruptFrame.RDI, InterruptFrame.RBP, InterruptFrame.RSP,
        InterruptFrame.R8, InterruptFrame.R9, InterruptFrame.R10, InterruptFrame.R11,
        InterruptFrame.R12, InterruptFrame.R13, InterruptFrame.R14, InterruptFrame.R15,
        InterruptFrame.RIP, InterruptFrame.RFLAGS, InterruptFrame.CS, InterruptFrame.SS,
    };

    private PlainReport() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The whole report of an exception before there are Java threads. */
    @Uninterruptible(reason = REASON)
    static void withoutJava(Pointer frame) {
        Console.write(PANICKED);
        for (int i = 0; i < WITHOUT_JAVA.length; i++) {
            write(WITHOUT_JAVA[i], true);
        }
        writeRegisters(frame, true);
        Console.write((byte) '\n');
        for (int i = 0; i < NAMES.length; i++) {
            Console.write(NAMES[i]);
            writeHex(frame.readLong(OFFSETS[i]), false);
            Console.write((byte) (i % 4 == 3 || i == NAMES.length - 1 ? '\n' : ' '));
        }
    }

    /** A remark within a report, which goes on with its next section. */
    @Uninterruptible(reason = REASON)
    static void again(Pointer frame) {
        Console.write(AGAIN);
        writeRegisters(frame, false);
        Console.write(END);
    }

    @Uninterruptible(reason = REASON)
    private static void writeRegisters(Pointer frame, boolean explain) {
        writeHex(frame.readLong(InterruptFrame.VECTOR), explain);
        writeHex(frame.readLong(InterruptFrame.ERROR_CODE), explain);
        writeHex(frame.readLong(InterruptFrame.RIP), explain);
        writeHex(Cpu.readCr2(), explain);
    }

    @Uninterruptible(reason = REASON)
    private static void writeHex(long value, boolean explain) {
        write((byte) ' ', explain);
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 0xf;
            write((byte) (digit < 10 ? '0' + digit : 'a' + digit - 10), explain);
        }
    }

    @Uninterruptible(reason = REASON)
    private static void write(byte value, boolean explain) {
        Console.write(value);
        if (explain) {
            Machine.explain(value);
        }
    }
}
