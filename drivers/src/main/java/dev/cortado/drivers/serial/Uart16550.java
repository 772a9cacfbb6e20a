package dev.cortado.drivers.serial;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.IoApic;

/**
 * The first serial port of a PC, a 16550A UART (National Semiconductor PC16550D data sheet): output
 * by polling, sixteen bytes at a time; input by interrupt.
 */
public final class Uart16550 implements ConsoleDevice, InterruptHandler {
    private static final String REASON = "The console works in a panic and in an interrupt.";

    private static final int COM1 = 0x3f8;
    private static final int COM1_LINE = 4;

    /** Registers, PC16550D table II. */
    private static final int DATA = 0;

    private static final int DIVISOR_LOW = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int DIVISOR_HIGH = 1;
    private static final int FIFO_CONTROL = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int SCRATCH = 7;

    private static final int RECEIVED_DATA_INTERRUPT = 1;
    private static final int FIFO_ENABLE_AND_CLEAR = 0x07;
    private static final int EIGHT_BITS_NO_PARITY = 0x03;
    private static final int DIVISOR_LATCH = 0x80;
    private static final int READY_AND_INTERRUPTS = 0x0b;
    private static final int LOOPBACK = 0x10;
    private static final int DATA_READY = 1;
    private static final int TRANSMITTER_EMPTY = 1 << 5;
    private static final int DIVISOR_115200 = 1;
    private static final int FIFO_DEPTH = 16;
    private static final int MAXIMUM_POLLS = 1_000_000;
    private static final int MAXIMUM_BURST = 256;

    private boolean present;

    /** How many bytes the transmitter's FIFO is known to have room for. */
    private int room;

    @Override
    @Uninterruptible(reason = REASON)
    public void initialize() {
        Cpu.out8(COM1 + SCRATCH, 0x5a);
        present = (Cpu.in8(COM1 + SCRATCH) & 0xff) == 0x5a;
        if (!present) {
            return;
        }
        Cpu.out8(COM1 + INTERRUPT_ENABLE, 0);
        Cpu.out8(COM1 + LINE_CONTROL, DIVISOR_LATCH | EIGHT_BITS_NO_PARITY);
        Cpu.out8(COM1 + DIVISOR_LOW, DIVISOR_115200);
        Cpu.out8(COM1 + DIVISOR_HIGH, 0);
        Cpu.out8(COM1 + LINE_CONTROL, EIGHT_BITS_NO_PARITY);
        // What came in before the boot is kept; in loopback mode nothing follows it while the FIFO,
        // which loses its contents when it is enabled, is empty.
        Cpu.out8(COM1 + MODEM_CONTROL, LOOPBACK);
        handle();
        Cpu.out8(COM1 + FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
        Cpu.out8(COM1 + MODEM_CONTROL, READY_AND_INTERRUPTS);
    }

    /** Whether the machine has one; {@link #initialize} has found out. */
    @Uninterruptible(reason = REASON)
    public boolean isPresent() {
        return present;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void write(byte value) {
        if (!present) {
            return;
        }
        long flags = Console.lockDevice();
        if (room == 0) {
            int polls = 0;
            while ((Cpu.in8(COM1 + LINE_STATUS) & TRANSMITTER_EMPTY) == 0
                    && polls++ < MAXIMUM_POLLS) {
                Cpu.pause();
            }
            room = FIFO_DEPTH;
        }
        room--;
        Cpu.out8(COM1 + DATA, value);
        Console.unlockDevice(flags);
    }

    /** A byte that is in the transmitter's FIFO is on its way. */
    @Override
    @Uninterruptible(reason = REASON)
    public void flush() {}

    @Override
    @Uninterruptible(reason = REASON)
    public void drain() {}

    @Override
    @Uninterruptible(reason = REASON)
    public void enableInput() {
        if (present && IoApic.route(COM1_LINE, this)) {
            Cpu.out8(COM1 + INTERRUPT_ENABLE, RECEIVED_DATA_INTERRUPT);
            if ((Cpu.in8(COM1 + LINE_STATUS) & DATA_READY) == 0) {
                Cpu.in8(COM1 + DATA); // tells an emulated UART that there is room again
            }
            handle(); // what came in before there were interrupts
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        int burst = 0;
        while ((Cpu.in8(COM1 + LINE_STATUS) & DATA_READY) != 0 && burst++ < MAXIMUM_BURST) {
            Console.receive((byte) Cpu.in8(COM1 + DATA));
        }
    }
}
