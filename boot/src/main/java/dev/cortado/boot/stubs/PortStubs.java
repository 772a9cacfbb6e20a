package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Register;

/** Input from and output to ports (SDM vol. 1, chapter 19 "Input/Output"). */
final class PortStubs {

    private PortStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.IN_8, () -> in(asm, AL));
        asm.function(StubSymbols.IN_16, () -> in(asm, AX));
        asm.function(StubSymbols.IN_32, () -> in(asm, EAX));
        asm.function(StubSymbols.OUT_8, () -> out(asm, AL));
        asm.function(StubSymbols.OUT_16, () -> out(asm, AX));
        asm.function(StubSymbols.OUT_32, () -> out(asm, EAX));
        asm.function(StubSymbols.OUT_8_MANY, () -> outMany(asm));
    }

    private static void in(Assembler asm, Register value) {
        asm.mov(EDX, EDI);
        asm.in(value);
        if (value != EAX) {
            asm.movzx(EAX, value);
        }
        asm.ret();
    }

    private static void out(Assembler asm, Register value) {
        asm.mov(EDX, EDI);
        asm.mov(EAX, ESI);
        asm.out(value);
        asm.ret();
    }

    /** To the port that is the first argument; the second is an address, the third a count. */
    private static void outMany(Assembler asm) {
        asm.mov(ECX, EDX);
        asm.mov(EDX, EDI);
        asm.repOutsb();
        asm.ret();
    }
}
