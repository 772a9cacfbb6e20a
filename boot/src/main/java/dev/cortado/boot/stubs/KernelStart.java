package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15D;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/** The first 64-bit code: a stack, interrupt gates, and on to Java. */
final class KernelStart {

    /**
     * 64-bit code, jumped to: rdi = {@link dev.cortado.boot.layout.BootProtocol}, rsi = what that
     * protocol passes.
     */
    static final String START = "cortado_kernel_start";

    private static final String INSTALL_GATES = "cortado_install_gates";

    private static final int STACK_SIZE = 64 * 1024;

    /**
     * Of a gate's second doubleword: present, ring 0, 64-bit interrupt gate (SDM vol. 3A, 6.14.1).
     */
    private static final int INTERRUPT_GATE = 0x8E00;

    private KernelStart() {}

    static void append(StubSections sections) {
        stack(sections.bss);
        Assembler asm = sections.code64;
        asm.function(START, () -> start(asm));
        asm.function(INSTALL_GATES, () -> installGates(asm));
    }

    static void stack(SectionBuilder bss) {
        int guard = (int) AddressSpace.PAGE_SIZE;
        bss.align(guard, 0);
        bss.data("cortado_boot_stack_guard_below", () -> bss.skip(guard));
        bss.data(StubSymbols.BOOT_STACK_BEGIN, () -> bss.skip(STACK_SIZE));
        bss.data(StubSymbols.BOOT_STACK_END, () -> {});
        bss.data("cortado_boot_stack_guard_above", () -> bss.skip(guard));
    }

    private static void start(Assembler asm) {
        asm.lea(RSP, Memory.relative(StubSymbols.BOOT_STACK_END));
        asm.call(INSTALL_GATES);
        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.xor(R15D, R15D);
        // A chain of frame pointers ends here.
        asm.xor(EBP, EBP);
        asm.call(KernelSymbols.KERNEL_ENTRY);
        asm.ud2();
    }

    /**
     * A gate has its handler's address in three pieces, which no relocation can fill in. IST fields
     * stay 0: see {@link InterruptTable}. Clobbers rax, rbx, rcx, rdx.
     */
    private static void installGates(Assembler asm) {
        asm.lea(RBX, Memory.relative(DescriptorTables.IDT_TABLE));
        asm.lea(RDX, Memory.relative(StubSymbols.INTERRUPT_VECTORS));
        asm.mov(ECX, InterruptTable.VECTORS);
        Label next = asm.here();
        asm.mov(RAX, RDX);
        asm.mov(Memory.at(RBX, InterruptTable.GATE_OFFSET_LOW), AX);
        asm.mov(Width.WORD, Memory.at(RBX, InterruptTable.GATE_SELECTOR), Selectors.CODE);
        // Bits 31:16 of the address are in their place already.
        asm.and(EAX, 0xFFFF_0000L);
        asm.or(EAX, INTERRUPT_GATE);
        asm.mov(Memory.at(RBX, InterruptTable.GATE_IST), EAX);
        asm.mov(RAX, RDX);
        asm.shr(RAX, Integer.SIZE);
        asm.mov(Memory.at(RBX, InterruptTable.GATE_OFFSET_HIGH), RAX);
        asm.add(RDX, InterruptTable.STUB_SIZE);
        asm.add(RBX, InterruptTable.GATE_SIZE);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        asm.ret();
    }
}
