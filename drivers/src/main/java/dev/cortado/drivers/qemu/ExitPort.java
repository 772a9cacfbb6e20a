package dev.cortado.drivers.qemu;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.machine.PowerDevice;
import java.nio.charset.StandardCharsets;

/**
 * How a guest ends under {@code cortado run}: the last line at QEMU's debug console (isa-debugcon)
 * says how, what is before it says why, and a write to isa-debug-exit ends QEMU. Elsewhere both
 * ports are nobody's; what is left then is the reset line of the keyboard controller.
 */
public final class ExitPort implements PowerDevice {
    private static final String REASON = "Ends the machine.";

    private static final int DEBUG_CONSOLE = 0xe9;
    private static final int DEBUG_EXIT = 0xf4;
    private static final int KEYBOARD_COMMAND = 0x64;
    private static final int PULSE_RESET_LINE = 0xfe;

    private static final byte[] EXIT = "exit ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PANIC = "panic ".getBytes(StandardCharsets.US_ASCII);

    @Override
    @Uninterruptible(reason = REASON)
    public void explain(byte character) {
        Cpu.out8(DEBUG_CONSOLE, character);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void powerOff(boolean panicked, int code) {
        byte[] kind = panicked ? PANIC : EXIT;
        if (panicked) {
            Cpu.out8(DEBUG_CONSOLE, '\n');
        }
        for (int i = 0; i < kind.length; i++) {
            Cpu.out8(DEBUG_CONSOLE, kind[i]);
        }
        writeDecimal(code);
        Cpu.out8(DEBUG_CONSOLE, '\n');
        Cpu.out32(DEBUG_EXIT, 0);
        Cpu.out8(KEYBOARD_COMMAND, PULSE_RESET_LINE);
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
