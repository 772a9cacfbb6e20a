package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.RDX;

import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;

/**
 * Interrupts on and off, and waiting for one, where interrupts are Xen's events: the mask in the
 * CPU's vcpu_info is the flag (Xen's public/xen.h, {@code evtchn_upcall_mask}). Each access is one
 * instruction, since a thread may go on on another CPU after any.
 *
 * <p>Flags are told as they are elsewhere: RFLAGS.IF.
 */
final class PvFlags {

    /** RFLAGS.IF (SDM vol. 1, 3.4.3.3). */
    static final int FLAGS_INTERRUPTS = 1 << 9;

    private static final int FLAGS_INTERRUPTS_SHIFT = 9;

    private static final int VERSION = 17;
    private static final int SCHEDULER = 29;

    /** SCHEDOP_block, SCHEDOP_poll (public/sched.h). */
    private static final int BLOCK = 1;

    private static final int POLL = 3;

    /** A {@code struct sched_poll} without a port and without an end. */
    private static final String NOTHING = "cortado_pv_poll_nothing";

    private static final int POLL_SIZE = 24;

    /** Has Xen look whether there are events. Clobbers what a function may. */
    static final String FORCE_CALLBACK = "cortado_pv_force_callback";

    private PvFlags() {}

    static void append(StubSections sections) {
        sections.rodata.align(Long.BYTES, 0);
        sections.rodata.data(NOTHING, () -> sections.rodata.skip(POLL_SIZE));
        Assembler asm = sections.code64;
        asm.function(StubSymbols.READ_FLAGS, () -> readFlags(asm));
        asm.function(StubSymbols.DISABLE_INTERRUPTS, () -> disable(asm));
        // A PV domain's stacks have all their memory: they need no touch first.
        asm.function(StubSymbols.PREPARE_LOCK, () -> disable(asm));
        asm.function(StubSymbols.RESTORE_INTERRUPTS, () -> restore(asm));
        asm.function(StubSymbols.ENABLE_INTERRUPTS, () -> enable(asm));
        asm.function(StubSymbols.WAIT_FOR_INTERRUPT, () -> waitForInterrupt(asm));
        asm.function(StubSymbols.HALT_FOREVER, () -> haltForever(asm));
        asm.function(FORCE_CALLBACK, () -> forceCallback(asm));
    }

    private static void readFlags(Assembler asm) {
        loadFlags(asm);
        asm.ret();
    }

    /** eax = flags. */
    static void loadFlags(Assembler asm) {
        asm.xor(EAX, EAX);
        asm.inSegment(SegmentRegister.GS);
        asm.cmp(Width.BYTE, Memory.absolute(PvProcessorHeader.UPCALL_MASK), 0);
        asm.setcc(Condition.ZERO, AL);
        asm.shl(EAX, FLAGS_INTERRUPTS_SHIFT);
    }

    static void mask(Assembler asm, int value) {
        asm.inSegment(SegmentRegister.GS);
        asm.mov(Width.BYTE, Memory.absolute(PvProcessorHeader.UPCALL_MASK), value);
    }

    static void comparePending(Assembler asm) {
        asm.inSegment(SegmentRegister.GS);
        asm.cmp(Width.BYTE, Memory.absolute(PvProcessorHeader.UPCALL_PENDING), 0);
    }

    private static void disable(Assembler asm) {
        loadFlags(asm);
        mask(asm, 1);
        asm.ret();
    }

    private static void restore(Assembler asm) {
        Label on = new Label();
        asm.test(EDI, FLAGS_INTERRUPTS);
        asm.jcc(Condition.NOT_ZERO, on);
        mask(asm, 1);
        asm.ret();
        asm.bind(on);
        enable(asm);
    }

    /** Ends a function. */
    static void enable(Assembler asm) {
        Label none = new Label();
        mask(asm, 0);
        // What comes between the two is told at once; what came before has to be asked for.
        comparePending(asm);
        asm.jcc(Condition.ZERO, none);
        asm.jmp(FORCE_CALLBACK);
        asm.bind(none);
        asm.ret();
    }

    private static void waitForInterrupt(Assembler asm) {
        // Xen unmasks and blocks in one step.
        asm.mov(EDI, SCHEDULER);
        asm.mov(ESI, BLOCK);
        asm.xor(EDX, EDX);
        asm.call(XenSymbols.HYPERCALL);
        mask(asm, 1);
        asm.ret();
    }

    private static void haltForever(Assembler asm) {
        Label again = asm.here();
        mask(asm, 1);
        asm.mov(EDI, SCHEDULER);
        asm.mov(ESI, POLL);
        asm.lea(RDX, Memory.relative(NOTHING));
        asm.call(XenSymbols.HYPERCALL);
        asm.jmp(again);
    }

    private static void forceCallback(Assembler asm) {
        asm.mov(EDI, VERSION);
        asm.xor(ESI, ESI);
        asm.xor(EDX, EDX);
        asm.jmp(XenSymbols.HYPERCALL);
    }
}
