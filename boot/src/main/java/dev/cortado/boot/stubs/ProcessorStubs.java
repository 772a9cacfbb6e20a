package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.SpinLocks;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;

/** What more than one CPU needs: which one this is, and locks between them. */
final class ProcessorStubs {

    private static final String LOCKS = "cortado_spin_locks";

    /** RFLAGS.IF (SDM vol. 1, 3.4.3.3). */
    private static final int FLAGS_INTERRUPTS = 1 << 9;

    private ProcessorStubs() {}

    static void append(StubSections sections) {
        appendShared(sections);
        Assembler asm = sections.code64;
        asm.function(StubSymbols.LOCK, () -> lock(asm));
        asm.function(StubSymbols.UNLOCK, () -> unlock(asm));
    }

    /** All but the locks' functions. */
    static void appendShared(StubSections sections) {
        SectionBuilder bss = sections.bss;
        bss.align(1 << SpinLocks.STRIDE_SHIFT, 0);
        bss.data(LOCKS, () -> bss.skip(SpinLocks.COUNT << SpinLocks.STRIDE_SHIFT));
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

    /** edi = number of the lock; leaves its address in rdi. Clobbers rdx. */
    static void address(Assembler asm) {
        asm.mov(EDI, EDI);
        asm.shl(RDI, SpinLocks.STRIDE_SHIFT);
        asm.lea(RDX, Memory.relative(LOCKS));
        asm.add(RDI, RDX);
    }

    /**
     * Test, then test and set. Whoever waits does so with interrupts as the caller had them, and
     * takes them off again with the lock.
     */
    private static void lock(Assembler asm) {
        Label take = new Label();
        Label taken = new Label();
        Label wait = new Label();
        asm.cmp(Width.QUADWORD, Memory.at(RSP, -SpinLocks.STACK_PROBE), 0);
        address(asm);
        asm.pushf();
        asm.pop(RAX);
        asm.bind(take);
        asm.cli();
        asm.mov(ECX, 1);
        asm.xchg(Memory.at(RDI), ECX);
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, taken);
        asm.test(EAX, FLAGS_INTERRUPTS);
        asm.jcc(Condition.ZERO, wait);
        asm.sti();
        asm.bind(wait);
        asm.pause();
        asm.cmp(Width.DOUBLEWORD, Memory.at(RDI), 0);
        asm.jcc(Condition.NOT_ZERO, wait);
        asm.jmp(take);
        asm.bind(taken);
        asm.ret();
    }

    /** A store is not seen before those that precede it (SDM vol. 3A, 8.2.2): no fence. */
    private static void unlock(Assembler asm) {
        Label off = new Label();
        address(asm);
        asm.mov(Width.DOUBLEWORD, Memory.at(RDI), 0);
        asm.test(ESI, FLAGS_INTERRUPTS);
        asm.jcc(Condition.ZERO, off);
        asm.sti();
        asm.bind(off);
        asm.ret();
    }
}
