package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.BL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/**
 * The last words of a guest that cannot start: there is no Java yet to say them.
 *
 * <p>Neither stack nor data are used, and the messages are in the text, because a machine with too
 * little memory may have nothing else.
 */
final class BootFailure {

    /**
     * 32-bit code, jumped to: esi = address of a {@link #message}. Writes it to both places where
     * someone may look, ends the machine where that is possible and halts where it is not.
     */
    static final String FAIL = "cortado_boot_failure";

    /** Debug console of Bochs, QEMU and Xen. */
    private static final int DEBUG_PORT = 0xE9;

    /** QEMU's isa-debug-exit, which {@code cortado run} listens to. */
    private static final int DEBUG_EXIT = 0xF4;

    /** First serial port, a 16550: transmitter holding register, line status register. */
    private static final int COM1_DATA = 0x3F8;

    private static final int COM1_LINE_STATUS = COM1_DATA + 5;
    private static final int LINE_STATUS_TRANSMITTER_EMPTY = 0x20;

    /**
     * A port that answers with zeroes must not stop the message from getting to the other place.
     */
    private static final int MAXIMUM_POLLS = 100_000;

    private BootFailure() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code32;
        asm.function(FAIL, () -> fail(asm));
    }

    /** A message for {@link #FAIL}. */
    static void message(StubSections sections, String symbol, String text) {
        sections.text.data(symbol, () -> sections.text.emitText("Cortado: " + text + "\r\n"));
    }

    private static void fail(Assembler asm) {
        Label end = new Label();
        Label empty = new Label();
        Label next = asm.here();
        asm.mov(BL, Memory.at(ESI));
        asm.test(BL, BL);
        asm.jcc(Condition.ZERO, end);
        asm.mov(AL, BL);
        asm.mov(EDX, DEBUG_PORT);
        asm.out(AL);
        asm.mov(ECX, MAXIMUM_POLLS);
        asm.mov(EDX, COM1_LINE_STATUS);
        Label poll = asm.here();
        asm.in(AL);
        asm.test(AL, LINE_STATUS_TRANSMITTER_EMPTY);
        asm.jcc(Condition.NOT_ZERO, empty);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, poll);
        asm.bind(empty);
        asm.mov(AL, BL);
        asm.mov(EDX, COM1_DATA);
        asm.out(AL);
        asm.add(ESI, 1);
        asm.jmp(next);

        asm.bind(end);
        asm.xor(EAX, EAX);
        asm.mov(EDX, DEBUG_EXIT);
        asm.out(EAX);
        Label halted = asm.here();
        asm.cli();
        asm.hlt();
        asm.jmp(halted);
    }
}
