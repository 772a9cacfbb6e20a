package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.ControlRegister.CR0;
import static dev.cortado.boot.x86.ControlRegister.CR3;
import static dev.cortado.boot.x86.ControlRegister.CR4;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.RBP;

import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.boot.layout.Selectors;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/**
 * From protected mode without paging to 64-bit mode (SDM vol. 3A, 10.8.5 "Initializing IA-32e
 * Mode").
 */
final class LongMode {

    /**
     * 32-bit code, jumped to with paging and interrupts off: eax = value for CR3, ebp = address of
     * 64-bit code to jump to. edi and esi arrive there as they are, zero-extended; the stack is
     * left behind.
     */
    static final String ENTER = "cortado_enter_long_mode";

    private static final String ENTERED = "cortado_long_mode_entered";

    private static final String INITIAL_MXCSR = "cortado_initial_mxcsr";

    private static final int IA32_EFER = 0xC000_0080;

    /** Bits of IA32_EFER (SDM vol. 3A, 2.2.1). */
    private static final int EFER_LONG_MODE_ENABLE = 1 << 8;

    private static final int EFER_EXECUTE_DISABLE_ENABLE = 1 << 11;

    /** Bits of CR4 (SDM vol. 3A, 2.5). */
    private static final int CR4_PAE = 1 << 5;

    private static final int CR4_OSFXSR = 1 << 9;
    private static final int CR4_OSXMMEXCPT = 1 << 10;
    private static final int CR4_OSXSAVE = 1 << 18;

    /** Bits of CR0 (SDM vol. 3A, 2.5). */
    private static final int CR0_PROTECTION_ENABLE = 1;

    private static final int CR0_MONITOR_COPROCESSOR = 1 << 1;
    private static final int CR0_EXTENSION_TYPE = 1 << 4;
    private static final int CR0_NUMERIC_ERROR = 1 << 5;
    private static final int CR0_PAGING = 1 << 31;

    /** Components of XCR0 (SDM vol. 1, 13.1). */
    private static final int XCR0_X87 = 1;

    private static final int XCR0_SSE = 1 << 1;
    private static final int XCR0_AVX = 1 << 2;

    private LongMode() {}

    static void append(StubSections sections) {
        Assembler asm32 = sections.code32;
        asm32.function(ENTER, () -> enter(asm32));
        sections.rodata.align(Integer.BYTES, 0);
        sections.rodata.data(
                INITIAL_MXCSR, () -> sections.rodata.emit32(ThreadFrame.INITIAL_MXCSR));
        Assembler asm64 = sections.code64;
        asm64.function(ENTERED, () -> entered(asm64));
    }

    private static void enter(Assembler asm) {
        Label noXsave = new Label();
        Label noExecuteDisable = new Label();
        asm.mov(CR3, EAX);

        // CR4 and CR0 are written whole: loaders and INIT leave different bits in them.
        asm.mov(EAX, CpuIdBits.FEATURES);
        asm.cpuid();
        asm.mov(EAX, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT);
        asm.test(ECX, CpuIdBits.XSAVE);
        asm.jcc(Condition.ZERO, noXsave);
        asm.or(EAX, CR4_OSXSAVE);
        asm.bind(noXsave);
        asm.mov(CR4, EAX);

        asm.mov(EAX, CpuIdBits.EXTENDED_FEATURES);
        asm.cpuid();
        asm.mov(ECX, Integer.toUnsignedLong(IA32_EFER));
        asm.mov(EBX, EDX);
        asm.rdmsr();
        asm.test(EBX, CpuIdBits.NX);
        asm.jcc(Condition.ZERO, noExecuteDisable);
        asm.or(EAX, EFER_EXECUTE_DISABLE_ENABLE);
        asm.bind(noExecuteDisable);
        asm.or(EAX, EFER_LONG_MODE_ENABLE);
        asm.wrmsr();

        // CR0.WP stays off until the kernel's own tables say what is read-only.
        asm.mov(
                EAX,
                CR0_PAGING
                        | CR0_NUMERIC_ERROR
                        | CR0_EXTENSION_TYPE
                        | CR0_MONITOR_COPROCESSOR
                        | CR0_PROTECTION_ENABLE);
        asm.mov(CR0, EAX);
        // Compatibility mode until a 64-bit code segment is loaded, and the loader's GDT has none.
        asm.lgdt(Memory.absolute(DescriptorTables.GDT_POINTER, 0));
        asm.jmpFar(Selectors.CODE, ENTERED);
    }

    private static void entered(Assembler asm) {
        asm.mov(EAX, Selectors.DATA);
        asm.mov(SegmentRegister.DS, EAX);
        asm.mov(SegmentRegister.ES, EAX);
        asm.mov(SegmentRegister.SS, EAX);
        asm.mov(EAX, 0);
        asm.mov(SegmentRegister.FS, EAX);
        asm.mov(SegmentRegister.GS, EAX);
        // Upper halves of registers are undefined after the switch (SDM vol. 1, 3.4.1.1).
        asm.mov(EDI, EDI);
        asm.mov(ESI, ESI);
        asm.mov(EBP, EBP);
        enableExtendedState(asm);
        asm.lidt(Memory.relative(DescriptorTables.IDT_POINTER));
        asm.jmp(RBP);
    }

    /** FPU and SSE to their initial state, AVX enabled where the CPU has it. */
    private static void enableExtendedState(Assembler asm) {
        Label noXsave = new Label();
        Label noAvx = new Label();
        asm.fninit();
        asm.ldmxcsr(Memory.relative(INITIAL_MXCSR));
        asm.mov(EAX, CpuIdBits.FEATURES);
        asm.cpuid();
        asm.test(ECX, CpuIdBits.XSAVE);
        asm.jcc(Condition.ZERO, noXsave);
        asm.mov(EAX, XCR0_X87 | XCR0_SSE);
        asm.test(ECX, CpuIdBits.AVX);
        asm.jcc(Condition.ZERO, noAvx);
        asm.or(EAX, XCR0_AVX);
        asm.bind(noAvx);
        asm.mov(ECX, 0);
        asm.mov(EDX, 0);
        asm.xsetbv();
        asm.bind(noXsave);
    }
}
