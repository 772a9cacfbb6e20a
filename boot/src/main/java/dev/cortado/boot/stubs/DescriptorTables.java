package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;

import dev.cortado.boot.layout.InterruptTable;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/** The GDT, the IDT's memory, and the stubs that load such tables. */
final class DescriptorTables {

    /** Limit and base for lgdt. */
    static final String GDT_POINTER = "cortado_gdt_pointer";

    /** Limit and base for lidt. */
    static final String IDT_POINTER = "cortado_idt_pointer";

    /** The IDT; {@link KernelStart} fills it in. */
    static final String IDT_TABLE = "cortado_idt_table";

    private static final String GDT_TABLE = "cortado_gdt_table";

    /**
     * Code, ring 0, 64-bit (SDM vol. 3A, 3.4.5 and 5.2.1): present, accessed, read, execute, L = 1.
     * Accessed from the beginning, so that the CPU need not write to the table. Base and limit do
     * not count in 64-bit mode, but a hypervisor may look at them.
     */
    private static final long CODE_DESCRIPTOR = 0x00AF_9B00_0000_FFFFL;

    /** Data, ring 0: present, accessed, writable, flat. */
    private static final long DATA_DESCRIPTOR = 0x00CF_9300_0000_FFFFL;

    private DescriptorTables() {}

    static void append(StubSections sections) {
        SectionBuilder data = sections.data;
        data.align(16, 0);
        data.data(
                GDT_TABLE,
                () -> {
                    codeAndData(data);
                    data.skip(Selectors.GDT_SIZE - Selectors.TASK_STATE);
                });
        SectionBuilder bss = sections.bss;
        bss.align(16, 0);
        bss.data(IDT_TABLE, () -> bss.skip(InterruptTable.VECTORS * InterruptTable.GATE_SIZE));
        pointer(sections.rodata, GDT_POINTER, GDT_TABLE, Selectors.GDT_SIZE);
        pointer(
                sections.rodata,
                IDT_POINTER,
                IDT_TABLE,
                InterruptTable.VECTORS * InterruptTable.GATE_SIZE);
        stubs(sections.code64);
    }

    /** The descriptors that every GDT begins with: none, code, data. */
    static void codeAndData(SectionBuilder table) {
        table.emit64(0);
        table.emit64(CODE_DESCRIPTOR);
        table.emit64(DATA_DESCRIPTOR);
    }

    private static void pointer(SectionBuilder rodata, String name, String table, int size) {
        rodata.data(
                name,
                () -> {
                    rodata.emit16(size - 1);
                    rodata.emitRelocated(RelocationType.ABSOLUTE_64, table, 0);
                });
    }

    private static void stubs(Assembler asm) {
        asm.function(StubSymbols.GDT, () -> returnAddress(asm, GDT_TABLE));
        asm.function(StubSymbols.IDT, () -> returnAddress(asm, IDT_TABLE));
        asm.function(StubSymbols.LOAD_GDT, () -> loadGlobalDescriptors(asm));
        asm.function(
                StubSymbols.LOAD_IDT,
                () -> {
                    asm.lidt(Memory.at(RDI));
                    asm.ret();
                });
        asm.function(
                StubSymbols.LOAD_TASK_REGISTER,
                () -> {
                    asm.ltr(EDI);
                    asm.ret();
                });
    }

    private static void returnAddress(Assembler asm, String symbol) {
        asm.lea(RAX, Memory.relative(symbol));
        asm.ret();
    }

    /** A segment register keeps its old descriptor until it is loaded again. */
    private static void loadGlobalDescriptors(Assembler asm) {
        asm.lgdt(Memory.at(RDI));
        asm.mov(RAX, Selectors.DATA);
        asm.mov(SegmentRegister.DS, RAX);
        asm.mov(SegmentRegister.ES, RAX);
        asm.mov(SegmentRegister.SS, RAX);
        // The far return takes the caller's address from the stack, with a code segment beneath it.
        asm.pop(RCX);
        asm.push(Selectors.CODE);
        asm.push(RCX);
        asm.retfq();
    }
}
