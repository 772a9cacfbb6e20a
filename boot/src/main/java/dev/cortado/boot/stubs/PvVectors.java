package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.R11;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * From an exception or an event to Java and back in a PV domain. Xen pushes onto the current stack
 * what the CPU would push, and rcx and r11 on top (Xen's create_bounce_frame; "Callbacks" in
 * public/arch-x86/xen.h); the way back is HYPERVISOR_iret, which sets the event mask as RFLAGS.IF
 * says and looks for events in one step.
 */
final class PvVectors {

    private static final String COMMON = "cortado_pv_common";

    private static final int FXSAVE_SIZE = 512;
    private static final int FXSAVE_ALIGNMENT = 16;

    /** Bytes of ds, es, fs and gs, which the failsafe callback finds below the frame. */
    private static final int FAILSAFE_SELECTORS = 4 * Long.BYTES;

    private static final int GENERAL_PROTECTION = 13;

    /** HYPERVISOR_iret, whose frame is on the stack (public/arch-x86/xen-x86_64.h). */
    private static final int IRET = 23;

    private PvVectors() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.align(InterruptTable.STUB_SIZE);
        asm.function(PvSymbols.TRAP_VECTORS, () -> traps(asm));
        asm.function(
                PvSymbols.EVENT_CALLBACK,
                () -> {
                    popBounced(asm);
                    push(asm, PvProcessorHeader.UPCALL_VECTOR);
                });
        asm.function(
                PvSymbols.FAILSAFE_CALLBACK,
                () -> {
                    popBounced(asm);
                    asm.add(RSP, FAILSAFE_SELECTORS);
                    push(asm, GENERAL_PROTECTION);
                });
        asm.function(COMMON, () -> common(asm));
    }

    private static void traps(Assembler asm) {
        for (int vector = 0; vector < PvSymbols.TRAPS; vector++) {
            popBounced(asm);
            if (InterruptVectors.WITH_ERROR_CODE.contains(vector)) {
                asm.push(vector);
                asm.jmp(COMMON);
            } else {
                push(asm, vector);
            }
            asm.align(InterruptTable.STUB_SIZE);
        }
    }

    private static void popBounced(Assembler asm) {
        asm.pop(RCX);
        asm.pop(R11);
    }

    private static void push(Assembler asm, int vector) {
        asm.push(0);
        asm.push(vector);
        asm.jmp(COMMON);
    }

    private static void common(Assembler asm) {
        InterruptVectors.SAVED.forEach(asm::push);
        asm.cld();
        // The frame's address has to survive the handler: rbx is callee-saved.
        asm.mov(RBX, RSP);
        asm.sub(RSP, FXSAVE_SIZE);
        asm.and(RSP, -FXSAVE_ALIGNMENT);
        asm.fxsave64(Memory.at(RSP));
        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.mov(RDI, RBX);
        asm.call(KernelSymbols.INTERRUPT_ENTRY);
        asm.fxrstor64(Memory.at(RSP));
        asm.mov(RSP, RBX);
        InterruptVectors.SAVED.reversed().forEach(asm::pop);
        // Of vector and error code one word stays, for the call's flags.
        asm.add(RSP, InterruptFrame.ERROR_CODE - InterruptFrame.VECTOR);
        asm.mov(Width.QUADWORD, Memory.at(RSP), 0);
        asm.push(RCX);
        asm.push(R11);
        asm.push(RAX);
        asm.mov(RAX, IRET);
        asm.syscall();
    }
}
