package dev.cortado.boot.failure;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.BL;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;

/** Code for 16 or 32-bit mode that writes a message wherever someone may look, and stops. */
public final class LastWords {
    /** Debug console of Bochs, QEMU and Xen. */
    private static final int DEBUG_PORT = 0xE9;

    /** QEMU's isa-debug-exit, which {@code cortado run} listens to. */
    private static final int DEBUG_EXIT = 0xF4;

    /** First serial port, a 16550: transmitter holding register, line control, line status. */
    private static final int COM1_DATA = 0x3F8;

    private static final int COM1_LINE_CONTROL = COM1_DATA + 3;
    private static final int COM1_LINE_STATUS = COM1_DATA + 5;

    /** 8 bits, no parity, 1 stop bit; a reset leaves 5 bits. */
    private static final int LINE_CONTROL_EIGHT_BITS = 3;

    private static final int LINE_STATUS_TRANSMITTER_EMPTY = 0x20;

    /** A port that answers with zeroes must not stop the message from getting elsewhere. */
    private static final int MAXIMUM_POLLS = 0xFFFF;

    private LastWords() {}

    /** A message for {@link #append}. */
    public static void message(SectionBuilder text, String symbol, String words) {
        text.data(symbol, () -> text.emitText("Cortado: " + words + "\r\n"));
    }

    /**
     * Code that is jumped to with esi = address of a {@link #message}. Ends the machine where that
     * is possible, and halts where it is not: Xen takes a CPU that waits with interrupts off for
     * one that has been switched off. Needs no data.
     *
     * @param port dx, or edx: the shorter one in the mode
     * @param counter cx, or ecx
     * @param alsoShow assembles what shows the character in bl elsewhere; keeps esi
     */
    public static void append(Assembler asm, Register port, Register counter, Runnable alsoShow) {
        Label end = new Label();
        Label empty = new Label();
        asm.mov(port, COM1_LINE_CONTROL);
        asm.mov(AL, LINE_CONTROL_EIGHT_BITS);
        asm.out(AL);
        Label next = asm.here();
        asm.mov(BL, Memory.at(ESI));
        asm.test(BL, BL);
        asm.jcc(Condition.ZERO, end);
        alsoShow.run();
        asm.mov(counter, MAXIMUM_POLLS);
        asm.mov(port, COM1_LINE_STATUS);
        Label poll = asm.here();
        asm.in(AL);
        asm.test(AL, LINE_STATUS_TRANSMITTER_EMPTY);
        asm.jcc(Condition.NOT_ZERO, empty);
        asm.sub(counter, 1);
        asm.jcc(Condition.NOT_ZERO, poll);
        asm.bind(empty);
        asm.mov(AL, Memory.at(ESI));
        asm.mov(port, COM1_DATA);
        asm.out(AL);
        asm.out(DEBUG_PORT, AL);
        asm.add(ESI, 1);
        asm.jmp(next);

        asm.bind(end);
        asm.mov(AL, BL);
        asm.out(DEBUG_EXIT, AL);
        Label halted = asm.here();
        asm.cli();
        asm.hlt();
        asm.jmp(halted);
    }
}
