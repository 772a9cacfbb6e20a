package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.RAX;

import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;

/**
 * Interrupts on and off, and waiting for one (SDM vol. 3A, 6.8.1 "Masking Maskable Hardware
 * Interrupts").
 */
final class InterruptFlagStubs {

    /** RFLAGS.IF (SDM vol. 1, 3.4.3.3). */
    private static final int FLAGS_INTERRUPTS = 1 << 9;

    private InterruptFlagStubs() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.READ_FLAGS, () -> readFlags(asm));
        asm.function(StubSymbols.DISABLE_INTERRUPTS, () -> disable(asm));
        asm.function(StubSymbols.RESTORE_INTERRUPTS, () -> restore(asm));
        asm.function(StubSymbols.ENABLE_INTERRUPTS, () -> enable(asm));
        asm.function(StubSymbols.WAIT_FOR_INTERRUPT, () -> waitForInterrupt(asm));
        asm.function(StubSymbols.HALT_FOREVER, () -> haltForever(asm));
    }

    private static void readFlags(Assembler asm) {
        asm.pushf();
        asm.pop(RAX);
        asm.ret();
    }

    private static void disable(Assembler asm) {
        asm.pushf();
        asm.pop(RAX);
        asm.cli();
        asm.ret();
    }

    private static void restore(Assembler asm) {
        Label on = new Label();
        asm.test(EDI, FLAGS_INTERRUPTS);
        asm.jcc(Condition.NOT_ZERO, on);
        asm.cli();
        asm.ret();
        asm.bind(on);
        asm.sti();
        asm.ret();
    }

    private static void enable(Assembler asm) {
        asm.sti();
        asm.ret();
    }

    private static void waitForInterrupt(Assembler asm) {
        // sti takes effect after the next instruction: an interrupt cannot slip in before hlt and
        // leave it
        // asleep (SDM vol. 2B, STI).
        asm.sti();
        asm.hlt();
        asm.cli();
        asm.ret();
    }

    private static void haltForever(Assembler asm) {
        // An NMI ends hlt even so.
        Label again = asm.here();
        asm.cli();
        asm.hlt();
        asm.jmp(again);
    }
}
