package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Spin locks of a PV domain: as {@link ProcessorStubs}'s, with the interrupt flag of {@link
 * PvFlags}. Xen may have stopped the virtual CPU that holds the lock, so whoever has waited a while
 * lets others run.
 */
final class PvLocks {

    /** So many looks at the lock before the CPU is given away. */
    private static final int SPINS = 500;

    private PvLocks() {}

    static void append(StubSections sections) {
        ProcessorStubs.appendShared(sections);
        Assembler asm = sections.code64;
        asm.function(StubSymbols.LOCK, () -> lock(asm));
        asm.function(StubSymbols.UNLOCK, () -> unlock(asm));
    }

    /** Stacks of a PV domain have all their memory: they need no touch first. */
    private static void lock(Assembler asm) {
        Label take = new Label();
        Label taken = new Label();
        Label wait = new Label();
        Label spin = new Label();
        ProcessorStubs.address(asm);
        PvFlags.loadFlags(asm);
        asm.bind(take);
        PvFlags.mask(asm, 1);
        asm.mov(ECX, 1);
        asm.xchg(Memory.at(RDI), ECX);
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, taken);
        asm.test(EAX, PvFlags.FLAGS_INTERRUPTS);
        asm.jcc(Condition.ZERO, wait);
        PvFlags.mask(asm, 0);
        PvFlags.comparePending(asm);
        asm.jcc(Condition.ZERO, wait);
        callKeeping(asm, PvFlags.FORCE_CALLBACK);
        asm.bind(wait);
        asm.mov(EDX, SPINS);
        asm.bind(spin);
        asm.pause();
        asm.cmp(Width.DOUBLEWORD, Memory.at(RDI), 0);
        asm.jcc(Condition.ZERO, take);
        asm.sub(EDX, 1);
        asm.jcc(Condition.NOT_ZERO, spin);
        callKeeping(asm, PvFlags.YIELD_CPU);
        asm.jmp(wait);
        asm.bind(taken);
        asm.ret();
    }

    private static void callKeeping(Assembler asm, String function) {
        asm.push(RAX);
        asm.push(RDI);
        asm.call(function);
        asm.pop(RDI);
        asm.pop(RAX);
    }

    private static void unlock(Assembler asm) {
        Label off = new Label();
        ProcessorStubs.address(asm);
        asm.mov(Width.DOUBLEWORD, Memory.at(RDI), 0);
        asm.test(ESI, PvFlags.FLAGS_INTERRUPTS);
        asm.jcc(Condition.ZERO, off);
        PvFlags.enable(asm);
        asm.bind(off);
        asm.ret();
    }
}
