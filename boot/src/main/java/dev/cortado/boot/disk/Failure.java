package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.BX;
import static dev.cortado.boot.x86.Register.CX;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/** The last words of a machine that cannot start its image. */
final class Failure {

    /**
     * 16-bit code, jumped to: esi = address of a {@link #message}. Shows it wherever someone may
     * look, and stops the machine: Xen takes a CPU that waits with interrupts off for one that has
     * been switched off.
     */
    static final String FAIL = "cortado_disk_failure";

    private static final int VIDEO = 0x10;
    private static final int TELETYPE = 0x0E00;
    private static final int LIGHT_GREY = 7;

    /** Debug console of Bochs, QEMU and Xen. */
    private static final int DEBUG_PORT = 0xE9;

    /** QEMU's isa-debug-exit. */
    private static final int DEBUG_EXIT = 0xF4;

    /** First serial port, a 16550: transmitter holding register, line status register. */
    private static final int COM1_DATA = 0x3F8;

    private static final int COM1_LINE_STATUS = COM1_DATA + 5;
    private static final int LINE_STATUS_TRANSMITTER_EMPTY = 0x20;

    /** A port that answers with zeroes must not stop the message from getting elsewhere. */
    private static final int MAXIMUM_POLLS = 0xFFFF;

    private Failure() {}

    static void append(DiskCode code) {
        code.text.function(FAIL, () -> fail(code.code16));
    }

    /** A message for {@link #FAIL}. */
    static void message(DiskCode code, String symbol, String text) {
        code.text.data(symbol, () -> code.text.emitText("Cortado: " + text + "\r\n"));
    }

    private static void fail(Assembler asm) {
        Label end = new Label();
        Label empty = new Label();
        Label next = asm.here();
        asm.mov(AL, Memory.at(ESI));
        asm.test(AL, AL);
        asm.jcc(Condition.ZERO, end);
        asm.movzx(EAX, AL);
        asm.push(ESI);
        asm.push(EAX);
        asm.or(AX, TELETYPE);
        asm.mov(BX, LIGHT_GREY);
        asm.interrupt(VIDEO);
        asm.mov(CX, MAXIMUM_POLLS);
        asm.mov(DX, COM1_LINE_STATUS);
        Label poll = asm.here();
        asm.in(AL);
        asm.test(AL, LINE_STATUS_TRANSMITTER_EMPTY);
        asm.jcc(Condition.NOT_ZERO, empty);
        asm.sub(CX, 1);
        asm.jcc(Condition.NOT_ZERO, poll);
        asm.bind(empty);
        asm.pop(EAX);
        asm.pop(ESI);
        asm.mov(DX, COM1_DATA);
        asm.out(AL);
        asm.mov(DX, DEBUG_PORT);
        asm.out(AL);
        asm.add(ESI, 1);
        asm.jmp(next);

        asm.bind(end);
        asm.mov(DX, DEBUG_EXIT);
        asm.out(AL);
        Label halted = asm.here();
        asm.cli();
        asm.hlt();
        asm.jmp(halted);
    }
}
