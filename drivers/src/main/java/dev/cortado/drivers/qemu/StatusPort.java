package dev.cortado.drivers.qemu;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import java.nio.charset.StandardCharsets;

/**
 * Tells {@code cortado run} about the guest, at QEMU's debug console (isa-debugcon): the first line
 * says that its power button works, the last one how it ends, and what is before that, why.
 * Elsewhere the port is nobody's.
 */
public final class StatusPort {
    private static final String REASON = "Ends the machine.";

    private static final int DEBUG_CONSOLE = 0xe9;

    private static final byte[] READY = "ready\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EXIT = "exit ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PANIC = "panic ".getBytes(StandardCharsets.US_ASCII);

    private StatusPort() {}

    /** The first line. */
    @Uninterruptible(reason = REASON)
    public static void ready() {
        write(READY);
    }

    @Uninterruptible(reason = REASON)
    private static void write(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            Cpu.out8(DEBUG_CONSOLE, text[i]);
        }
    }

    /** One character of why. */
    @Uninterruptible(reason = REASON)
    public static void explain(byte character) {
        Cpu.out8(DEBUG_CONSOLE, character);
    }

    /**
     * The last line.
     *
     * @param panicked whether the kernel gave up
     * @param code exit code of the program
     */
    @Uninterruptible(reason = REASON)
    public static void end(boolean panicked, int code) {
        if (panicked) {
            Cpu.out8(DEBUG_CONSOLE, '\n');
        }
        write(panicked ? PANIC : EXIT);
        writeDecimal(code);
        Cpu.out8(DEBUG_CONSOLE, '\n');
    }

    @Uninterruptible(reason = REASON)
    private static void writeDecimal(int value) {
        long rest = value;
        if (rest < 0) {
            Cpu.out8(DEBUG_CONSOLE, '-');
            rest = -rest;
        }
        long divisor = 1;
        while (rest / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            Cpu.out8(DEBUG_CONSOLE, (int) ('0' + rest / divisor % 10));
        }
    }
}
