package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.AX;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15D;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.ControlRegister;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/**
 * How a second CPU gets to Java: after INIT and SIPI it is in real mode, in a page below 1 MiB (SDM
 * vol. 3A, 9.4.4 "MP Initialization Example").
 *
 * <p>Only the 16-bit part runs in that page, to which the kernel copies it. It goes on in the
 * image, where addresses are physical ones, so that the kernel's page tables need not map the low
 * page.
 */
final class ProcessorStart {

    private static final String PROTECTED = "cortado_processor_protected";
    private static final String START = "cortado_processor_start";
    private static final String GDT_TABLE = "cortado_processor_gdt_table";

    /** In this class's GDT only: 32-bit code. */
    private static final int CODE_32 = 0x18;

    private static final int GDT_SIZE = 0x20;

    /** Code, ring 0, 32-bit: present, accessed, read, execute, flat, D = 1 (SDM vol. 3A, 3.4.5). */
    private static final long CODE_32_DESCRIPTOR = 0x00CF_9B00_0000_FFFFL;

    private static final int CR0_PROTECTION_ENABLE = 1;

    private ProcessorStart() {}

    static void append(StubSections sections) {
        SectionBuilder rodata = sections.rodata;
        rodata.align(Long.BYTES, 0);
        rodata.data(
                GDT_TABLE,
                () -> {
                    DescriptorTables.codeAndData(rodata);
                    rodata.emit64(CODE_32_DESCRIPTOR);
                });
        SectionBuilder data = sections.data;
        data.align(Long.BYTES, 0);
        data.data(StubSymbols.PROCESSOR_PAGE_MAP, () -> data.emit64(0));
        data.data(StubSymbols.PROCESSOR_STACK_TOP, () -> data.emit64(0));
        data.data(StubSymbols.PROCESSOR_FUNCTION, () -> data.emit64(0));
        data.data(StubSymbols.PROCESSOR_ARGUMENT, () -> data.emit64(0));

        sections.code16.function(StubSymbols.PROCESSOR_TRAMPOLINE_BEGIN, () -> realMode(sections));
        sections.text.data(StubSymbols.PROCESSOR_TRAMPOLINE_END, () -> {});
        sections.code32.function(PROTECTED, () -> protectedMode(sections.code32));
        sections.code64.function(START, () -> longMode(sections.code64));
    }

    /**
     * Runs from a copy, so addresses of its own data are offsets from its beginning, which is cs:0.
     */
    private static void realMode(StubSections sections) {
        Assembler asm = sections.code16;
        SectionBuilder text = sections.text;
        Label start = new Label();
        int begin = text.offset();
        asm.jmp(start);
        int pointer = text.offset() - begin;
        text.emit16(GDT_SIZE - 1);
        text.emitRelocated(RelocationType.ABSOLUTE_32, GDT_TABLE, 0);
        asm.bind(start);
        asm.cli();
        asm.cld();
        asm.mov(AX, SegmentRegister.CS);
        asm.mov(SegmentRegister.DS, AX);
        asm.lgdt(Memory.absolute(pointer));
        asm.mov(EAX, ControlRegister.CR0);
        asm.or(EAX, CR0_PROTECTION_ENABLE);
        asm.mov(ControlRegister.CR0, EAX);
        asm.jmpFar(CODE_32, PROTECTED);
    }

    private static void protectedMode(Assembler asm) {
        asm.mov(EAX, Selectors.DATA);
        asm.mov(SegmentRegister.DS, EAX);
        asm.mov(SegmentRegister.ES, EAX);
        asm.mov(SegmentRegister.SS, EAX);
        asm.mov(EAX, Memory.absolute(StubSymbols.PROCESSOR_PAGE_MAP, 0));
        asm.movAddress(EBP, START, 0);
        asm.jmp(LongMode.ENTER);
    }

    private static void longMode(Assembler asm) {
        asm.mov(RSP, Memory.relative(StubSymbols.PROCESSOR_STACK_TOP));
        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.xor(R15D, R15D);
        asm.xor(EBP, EBP);
        asm.mov(RDI, Memory.relative(StubSymbols.PROCESSOR_ARGUMENT));
        asm.mov(RAX, Memory.relative(StubSymbols.PROCESSOR_FUNCTION));
        asm.call(RAX);
        asm.ud2();
    }
}
