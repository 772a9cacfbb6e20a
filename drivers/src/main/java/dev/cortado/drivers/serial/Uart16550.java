package dev.cortado.drivers.serial;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.console.ConsoleDevice;
import dev.cortado.kernel.console.Keyboard;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.IoApic;
import org.graalvm.word.Pointer;

/**
 * The first serial port of a PC, a 16550A UART (National Semiconductor PC16550D data sheet): output
 * sixteen bytes at a time, by interrupt where the line is slower than the CPU; input by interrupt.
 * What nobody has room for stays in the receiver, and the other side waits.
 */
public final class Uart16550 implements ConsoleDevice, InterruptHandler {
    private static final String REASON = Console.REASON;

    private static final int COM1 = 0x3f8;
    private static final int COM1_LINE = 4;

    /** Registers, PC16550D table II. */
    private static final int DATA = 0;

    private static final int DIVISOR_LOW = 0;
    private static final int INTERRUPT_ENABLE = 1;
    private static final int DIVISOR_HIGH = 1;
    private static final int INTERRUPT_IDENT = 2;
    private static final int FIFO_CONTROL = 2;
    private static final int LINE_CONTROL = 3;
    private static final int MODEM_CONTROL = 4;
    private static final int LINE_STATUS = 5;
    private static final int MODEM_STATUS = 6;
    private static final int SCRATCH = 7;

    /** Of the interrupt enable register (8.6). */
    private static final int RECEIVED_DATA = 1;

    private static final int TRANSMITTER_ROOM = 1 << 1;

    /** Of the interrupt identification register (8.5, table IV). */
    private static final int CAUSE = 0x0f;

    private static final int CAUSE_NONE = 0x01;
    private static final int CAUSE_MODEM_STATUS = 0x00;
    private static final int CAUSE_TRANSMITTER_ROOM = 0x02;
    private static final int CAUSE_RECEIVED_DATA = 0x04;
    private static final int CAUSE_LINE_STATUS = 0x06;
    private static final int CAUSE_RECEIVED_TIMEOUT = 0x0c;

    /** Both FIFOs on and empty; input interrupts at 14 bytes, or when no more follows (8.3). */
    private static final int FIFO_ENABLE_AND_CLEAR = 0xc7;

    private static final int EIGHT_BITS_NO_PARITY = 0x03;
    private static final int DIVISOR_LATCH = 0x80;
    private static final int READY_AND_INTERRUPTS = 0x0b;
    private static final int LOOPBACK = 0x10;

    /** Of the line status register (8.4). */
    private static final int DATA_READY = 1;

    private static final int TRANSMITTER_HOLDING_EMPTY = 1 << 5;
    private static final int TRANSMITTER_EMPTY = 1 << 6;

    private static final int DIVISOR_115200 = 1;
    private static final int FIFO_DEPTH = 16;

    /** How many causes one interrupt looks after, before others get a turn. */
    private static final int MAXIMUM_CAUSES = 8;

    private boolean present;
    private boolean interrupts;

    /** What the interrupt enable register is to be. */
    private int enabled;

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
        Keyboard.inputArrived();
        Cpu.out8(COM1 + FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
        Cpu.out8(COM1 + MODEM_CONTROL, READY_AND_INTERRUPTS);
    }

    /** Whether the machine has one; {@link #initialize} has found out. */
    @Uninterruptible(reason = REASON)
    public boolean isPresent() {
        return present;
    }

    /** A machine without one takes everything, and nobody sees it. */
    @Override
    @Uninterruptible(reason = REASON)
    public int write(Pointer bytes, int count) {
        long flags = Console.lockDevice();
        int written = writeLocked(bytes, count);
        Console.unlockDevice(flags);
        return written;
    }

    /** As {@link #write}, for who has the device's lock. */
    @Uninterruptible(reason = REASON)
    public int writeLocked(Pointer bytes, int count) {
        if (!present) {
            return count;
        }
        if (room == 0 && statusHas(TRANSMITTER_HOLDING_EMPTY)) {
            room = FIFO_DEPTH;
        }
        int burst = (int) Numbers.min(count, room);
        room -= burst;
        if (burst > 0) {
            Cpu.out8(COM1 + DATA, bytes, burst);
        }
        return burst;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean hasRoom() {
        return room > 0 || statusHas(TRANSMITTER_HOLDING_EMPTY);
    }

    /** A byte that is in the transmitter's FIFO is on its way. */
    @Override
    @Uninterruptible(reason = REASON)
    public void flush() {}

    @Override
    @Uninterruptible(reason = REASON)
    public boolean isDrained() {
        return !present || statusHas(TRANSMITTER_EMPTY);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void relax() {
        Cpu.pause();
    }

    /** Whoever looks at a serial port may come back. */
    @Override
    @Uninterruptible(reason = REASON)
    public void noRoomForLong() {}

    @Override
    @Uninterruptible(reason = REASON)
    public void enableInterrupts() {
        if (!present || !IoApic.route(COM1_LINE, this)) {
            return;
        }
        interrupts = true;
        enable(RECEIVED_DATA, true);
        if (!statusHas(DATA_READY)) {
            Cpu.in8(COM1 + DATA); // tells an emulated UART that there is room again
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public int read() {
        return statusHas(DATA_READY) ? Cpu.in8(COM1 + DATA) & 0xff : Keyboard.END_OF_INPUT;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void setInputWanted(boolean wanted) {
        if (interrupts) {
            enable(RECEIVED_DATA, wanted);
        }
    }

    /**
     * Room that has come meanwhile interrupts at once (PC16550D, 8.6.1). Without interrupts,
     * whoever writes asks again and again.
     */
    @Override
    @Uninterruptible(reason = REASON)
    public boolean awaitsRoom() {
        if (!interrupts || hasRoom()) {
            return false;
        }
        enable(TRANSMITTER_ROOM, true);
        return true;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        for (int i = 0; i < MAXIMUM_CAUSES; i++) {
            int cause = Cpu.in8(COM1 + INTERRUPT_IDENT) & CAUSE;
            if (cause == CAUSE_NONE) {
                return;
            }
            handle(cause);
        }
        // The line is edge-triggered: it has to fall before it can rise again.
        long flags = Console.lockDevice();
        Cpu.out8(COM1 + INTERRUPT_ENABLE, 0);
        Cpu.out8(COM1 + INTERRUPT_ENABLE, enabled);
        Console.unlockDevice(flags);
    }

    @Uninterruptible(reason = REASON)
    private void handle(int cause) {
        switch (cause) {
            case CAUSE_RECEIVED_DATA, CAUSE_RECEIVED_TIMEOUT -> Keyboard.inputArrived();
            case CAUSE_TRANSMITTER_ROOM -> {
                enable(TRANSMITTER_ROOM, false);
                Console.roomForOutput();
            }
            case CAUSE_LINE_STATUS -> Cpu.in8(COM1 + LINE_STATUS);
            case CAUSE_MODEM_STATUS -> Cpu.in8(COM1 + MODEM_STATUS);
            default -> {}
        }
    }

    @Uninterruptible(reason = REASON)
    private void enable(int interrupt, boolean on) {
        long flags = Console.lockDevice();
        enabled = on ? enabled | interrupt : enabled & ~interrupt;
        Cpu.out8(COM1 + INTERRUPT_ENABLE, enabled);
        Console.unlockDevice(flags);
    }

    @Uninterruptible(reason = REASON)
    private static boolean statusHas(int bit) {
        return (Cpu.in8(COM1 + LINE_STATUS) & bit) != 0;
    }
}
