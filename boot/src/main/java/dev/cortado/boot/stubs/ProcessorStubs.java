package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;

/** What more than one CPU needs: which one this is, and what comes before a lock is taken. */
final class ProcessorStubs {

    private ProcessorStubs() {}

    static void append(StubSections sections) {
        appendShared(sections);
        Assembler asm = sections.code64;
        asm.function(StubSymbols.PREPARE_LOCK, () -> prepareLock(asm));
    }

    /** All but what interrupts have to do with. */
    static void appendShared(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(
                StubSymbols.CURRENT_PROCESSOR, () -> readHeader(asm, ProcessorHeader.PROCESSOR));
        asm.function(StubSymbols.CURRENT_THREAD, () -> readHeader(asm, ProcessorHeader.THREAD));
        asm.function(
                StubSymbols.FENCE,
                () -> {
                    asm.mfence();
                    asm.ret();
                });
    }

    private static void readHeader(Assembler asm, int offset) {
        asm.inSegment(SegmentRegister.GS);
        asm.mov(RAX, Memory.absolute(offset));
        asm.ret();
    }

    private static void prepareLock(Assembler asm) {
        asm.cmp(Width.QUADWORD, Memory.at(RSP, -StubSymbols.LOCK_STACK_PROBE), 0);
        asm.pushf();
        asm.pop(RAX);
        asm.cli();
        asm.ret();
    }
}
