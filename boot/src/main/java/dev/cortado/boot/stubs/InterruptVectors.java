package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.R10;
import static dev.cortado.boot.x86.Register.R11;
import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import dev.cortado.boot.x86.Width;
import java.util.List;
import java.util.Set;

/**
 * From an interrupt or exception to Java and back (SDM vol. 3A, chapter 6 "Interrupt and Exception
 * Handling").
 *
 * <p>It may come between any two instructions of compiled Java code, so every register is kept,
 * with the whole state of FPU, SSE and AVX. Compiled Java code has no red zone: what is below the
 * stack pointer may be overwritten.
 */
final class InterruptVectors {

    private static final String COMMON = "cortado_interrupt_common";

    /** Of interrupts, which come on a stack that they share: goes on on the interrupted one. */
    private static final String INTERRUPT = "cortado_interrupt_move";

    /** Bytes of what a vector's stub and the CPU have pushed. */
    private static final int PUSHED = InterruptFrame.SIZE - InterruptFrame.VECTOR;

    /** What the CPU aligns the stack to before it pushes (SDM vol. 3A, 6.14.2). */
    private static final int FRAME_ALIGNMENT = 16;

    /**
     * Exceptions for which the CPU pushes an error code (SDM vol. 3A, table 6-1; AMD APM vol. 2,
     * 8.2).
     */
    static final Set<Integer> WITH_ERROR_CODE = Set.of(8, 10, 11, 12, 13, 14, 17, 21, 29, 30);

    /** In the order of pushing: the first is at the frame's highest address. */
    static final List<Register> SAVED =
            List.of(RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R9, R10, R11, R12, R13, R14, R15);

    /** Bytes of the area that FXSAVE writes; XSAVE's header follows it (SDM vol. 1, 13.4). */
    private static final int LEGACY_AREA_SIZE = 512;

    private static final int XSAVE_HEADER_SIZE = 64;
    private static final int XSAVE_ALIGNMENT = 64;

    private InterruptVectors() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code64;
        asm.function(StubSymbols.INTERRUPT_VECTORS, () -> vectors(asm));
        asm.function(INTERRUPT, () -> moveToInterruptedStack(asm));
        asm.function(COMMON, () -> common(asm));
        sections.data.align(Long.BYTES, 0);
        sections.data.data(
                StubSymbols.XSAVE_AREA_SIZE, () -> sections.data.emit64(LEGACY_AREA_SIZE));
        sections.data.data(StubSymbols.USE_XSAVE, () -> sections.data.emit64(0));
    }

    private static void vectors(Assembler asm) {
        for (int vector = 0; vector < InterruptTable.VECTORS; vector++) {
            if (!WITH_ERROR_CODE.contains(vector)) {
                asm.push(0);
            }
            asm.push(vector);
            asm.jmp(vector < InterruptTable.FIRST_INTERRUPT ? COMMON : INTERRUPT);
            asm.align(InterruptTable.STUB_SIZE);
        }
    }

    /**
     * To where the CPU had pushed without a stack of the interrupt's own; does nothing when it is
     * there already. Interrupts stay off meanwhile, so what is below the new stack pointer is safe.
     */
    private static void moveToInterruptedStack(Assembler asm) {
        int saved = 2 * Long.BYTES;
        asm.push(RAX);
        asm.push(RCX);
        asm.mov(RAX, Memory.at(RSP, saved + InterruptFrame.RSP - InterruptFrame.VECTOR));
        asm.and(RAX, -FRAME_ALIGNMENT);
        asm.sub(RAX, PUSHED);
        for (int i = 0; i < PUSHED; i += Long.BYTES) {
            asm.mov(RCX, Memory.at(RSP, saved + i));
            asm.mov(Memory.at(RAX, i), RCX);
        }
        asm.mov(RCX, Memory.at(RSP, Long.BYTES));
        asm.mov(Memory.at(RAX, -Long.BYTES), RCX);
        asm.pop(RCX);
        asm.mov(RSP, RAX);
        asm.mov(RAX, Memory.at(RSP, -Long.BYTES));
        asm.jmp(COMMON);
    }

    private static void common(Assembler asm) {
        SAVED.forEach(asm::push);
        asm.cld();
        // The frame's address has to survive the handler: rbx is callee-saved.
        asm.mov(RBX, RSP);
        asm.sub(RSP, Memory.relative(StubSymbols.XSAVE_AREA_SIZE));
        asm.and(RSP, -XSAVE_ALIGNMENT);
        saveExtendedState(asm);

        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.mov(RDI, RBX);
        asm.call(KernelSymbols.INTERRUPT_ENTRY);

        restoreExtendedState(asm);
        asm.mov(RSP, RBX);
        SAVED.reversed().forEach(asm::pop);
        // Vector and error code are not the CPU's to pop.
        asm.add(RSP, InterruptFrame.RIP - InterruptFrame.VECTOR);
        asm.iretq();
    }

    private static void saveExtendedState(Assembler asm) {
        Label xsave = new Label();
        Label saved = new Label();
        asm.cmp(Width.QUADWORD, Memory.relative(StubSymbols.USE_XSAVE), 0);
        asm.jcc(Condition.NOT_EQUAL, xsave);
        asm.fxsave64(Memory.at(RSP));
        asm.jmp(saved);
        asm.bind(xsave);
        // XSAVE writes only a part of its header, and XRSTOR wants the rest to be zero.
        for (int i = 0; i < XSAVE_HEADER_SIZE; i += Long.BYTES) {
            asm.mov(Width.QUADWORD, Memory.at(RSP, LEGACY_AREA_SIZE + i), 0);
        }
        allComponents(asm);
        asm.xsave64(Memory.at(RSP));
        asm.bind(saved);
    }

    private static void restoreExtendedState(Assembler asm) {
        Label xrstor = new Label();
        Label restored = new Label();
        asm.cmp(Width.QUADWORD, Memory.relative(StubSymbols.USE_XSAVE), 0);
        asm.jcc(Condition.NOT_EQUAL, xrstor);
        asm.fxrstor64(Memory.at(RSP));
        asm.jmp(restored);
        asm.bind(xrstor);
        allComponents(asm);
        asm.xrstor64(Memory.at(RSP));
        asm.bind(restored);
    }

    /** edx:eax = all that XCR0 has enabled. */
    private static void allComponents(Assembler asm) {
        asm.mov(EAX, -1);
        asm.mov(EDX, -1);
    }
}
