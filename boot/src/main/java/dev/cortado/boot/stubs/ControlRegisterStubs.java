package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.ControlRegister;

/** Control registers and XCR0 (SDM vol. 3A, 2.5 and 2.6). */
final class ControlRegisterStubs {

    private ControlRegisterStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.READ_CR0, () -> read(asm, ControlRegister.CR0));
        asm.function(StubSymbols.WRITE_CR0, () -> write(asm, ControlRegister.CR0));
        asm.function(StubSymbols.READ_CR2, () -> read(asm, ControlRegister.CR2));
        asm.function(StubSymbols.READ_CR3, () -> read(asm, ControlRegister.CR3));
        asm.function(StubSymbols.WRITE_CR3, () -> write(asm, ControlRegister.CR3));
        asm.function(StubSymbols.READ_CR4, () -> read(asm, ControlRegister.CR4));
        asm.function(StubSymbols.WRITE_CR4, () -> write(asm, ControlRegister.CR4));
        asm.function(StubSymbols.READ_XCR0, () -> readExtended(asm));
        asm.function(StubSymbols.WRITE_XCR0, () -> writeExtended(asm));
    }

    private static void read(Assembler asm, ControlRegister register) {
        asm.mov(RAX, register);
        asm.ret();
    }

    private static void write(Assembler asm, ControlRegister register) {
        asm.mov(register, RDI);
        asm.ret();
    }

    private static void readExtended(Assembler asm) {
        asm.xor(ECX, ECX);
        asm.xgetbv();
        CpuStubs.joinHalves(asm);
        asm.ret();
    }

    private static void writeExtended(Assembler asm) {
        asm.xor(ECX, ECX);
        asm.mov(RAX, RDI);
        asm.mov(RDX, RDI);
        asm.shr(RDX, Integer.SIZE);
        asm.xsetbv();
        asm.ret();
    }
}
