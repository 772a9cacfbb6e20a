package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.DL;
import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;

/** The firmware's texts (2.3.1) as the kernel reads them (RFC 3629). */
final class Utf16 {
    /**
     * Function: rsi = rcx characters, or fewer with a zero behind them; rdi = where to write them,
     * with a zero byte at the end: of each, up to three bytes. Half of a pair becomes a question
     * mark. Clobbers rax, rcx, rdx, rsi and rdi.
     */
    static final String TO_UTF_8 = "cortado_uefi_to_utf_8";

    private static final int FIRST_OF_TWO = 0x80;
    private static final int FIRST_OF_THREE = 0x800;
    private static final int HIGH_HALVES = 0xD800;
    private static final int LOW_HALVES = 0xDC00;
    private static final int HALVES = 0x400;
    private static final int FIRST_OF_FOUR = 0x1_0000;
    private static final int HALF_BITS = 10;

    /** Bits of a byte that is not the first. */
    private static final int BITS = 6;

    private Utf16() {}

    static void append(UefiCode uefi) {
        uefi.code.function(TO_UTF_8, () -> convert(uefi.code));
    }

    private static void convert(Assembler asm) {
        Label end = new Label();
        Label single = new Label();
        Label two = new Label();
        Label three = new Label();
        Label half = new Label();
        Label four = new Label();
        asm.xor(EAX, EAX);
        Label next = asm.here();
        asm.test(RCX, RCX);
        asm.jcc(Condition.ZERO, end);
        asm.sub(RCX, 1);
        asm.mov(AX, Memory.at(RSI));
        asm.movzx(EAX, AX);
        asm.add(RSI, Short.BYTES);
        asm.test(EAX, EAX);
        asm.jcc(Condition.ZERO, end);
        asm.cmp(EAX, FIRST_OF_TWO);
        asm.jcc(Condition.BELOW, single);
        asm.cmp(EAX, FIRST_OF_THREE);
        asm.jcc(Condition.BELOW, two);
        asm.cmp(EAX, HIGH_HALVES);
        asm.jcc(Condition.BELOW, three);
        asm.cmp(EAX, LOW_HALVES + HALVES);
        asm.jcc(Condition.ABOVE_OR_EQUAL, three);
        asm.cmp(EAX, LOW_HALVES);
        asm.jcc(Condition.ABOVE_OR_EQUAL, half);
        asm.test(RCX, RCX);
        asm.jcc(Condition.ZERO, half);
        asm.mov(DX, Memory.at(RSI));
        asm.movzx(EDX, DX);
        asm.sub(EDX, LOW_HALVES);
        asm.cmp(EDX, HALVES);
        asm.jcc(Condition.BELOW, four);
        asm.bind(half);
        asm.mov(EAX, '?');
        asm.bind(single);
        put(asm, AL);
        asm.jmp(next);
        asm.bind(two);
        lead(asm, 0xC0, BITS);
        trail(asm, 0);
        asm.jmp(next);
        asm.bind(three);
        lead(asm, 0xE0, 2 * BITS);
        trail(asm, BITS);
        trail(asm, 0);
        asm.jmp(next);
        asm.bind(four);
        asm.add(RSI, Short.BYTES);
        asm.sub(RCX, 1);
        asm.sub(EAX, HIGH_HALVES);
        asm.shl(EAX, HALF_BITS);
        asm.lea(EAX, Memory.at(RAX, RDX, 1, FIRST_OF_FOUR));
        lead(asm, 0xF0, 3 * BITS);
        trail(asm, 2 * BITS);
        trail(asm, BITS);
        trail(asm, 0);
        asm.jmp(next);
        asm.bind(end);
        asm.mov(Width.BYTE, Memory.at(RDI), 0);
        asm.ret();
    }

    /** The first byte of several, with eax's bits from one on. Clobbers edx. */
    private static void lead(Assembler asm, int mark, int shift) {
        asm.mov(EDX, EAX);
        asm.shr(EDX, shift);
        asm.or(EDX, mark);
        put(asm, DL);
    }

    /** One that follows, with six of eax's bits. Clobbers edx. */
    private static void trail(Assembler asm, int shift) {
        asm.mov(EDX, EAX);
        asm.shr(EDX, shift);
        asm.and(EDX, (1 << BITS) - 1);
        asm.or(EDX, 0x80);
        put(asm, DL);
    }

    private static void put(Assembler asm, Register value) {
        asm.mov(Memory.at(RDI), value);
        asm.add(RDI, 1);
    }
}
