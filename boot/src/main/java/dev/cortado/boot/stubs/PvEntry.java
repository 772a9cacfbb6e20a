package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15D;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.BootProtocol;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.ProcessorHeader;
import dev.cortado.boot.layout.PvProcessorHeader;
import dev.cortado.boot.layout.PvSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.layout.ThreadFrame;
import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Where Xen starts a 64-bit PV domain (Xen's public/xen.h, "Start-of-day memory layout"): ring 3 in
 * 64-bit mode, rsi = address of start_info, events masked. Everything that was loaded is mapped at
 * its pseudo-physical address, the image heap too, so its objects can be used by Java code that
 * takes another heap base for it until the kernel's page tables are there.
 */
final class PvEntry {

    static final String ENTRY = "cortado_pv_entry";

    private static final String ADDRESS_TABLE = "cortado_pv_address_table";
    private static final String BOOT_HEADER = "cortado_pv_boot_header";
    private static final String INITIAL_MXCSR = "cortado_pv_initial_mxcsr";

    /** HYPERVISOR_set_segment_base and SEGBASE_GS_KERNEL (public/arch-x86/xen-x86_64.h). */
    private static final int SEGMENT_BASE = 25;

    private static final int GS_KERNEL = 2;

    /** HYPERVISOR_mmuext_op and MMUEXT_NEW_BASEPTR (public/xen.h), DOMID_SELF. */
    private static final int MMU_EXTENDED = 26;

    private static final int NEW_BASE_POINTER = 5;
    private static final int DOMID_SELF = 0x7ff0;

    /** Bytes of struct mmuext_op, the command at 0, arg1.mfn at 8. */
    private static final int OPERATION_SIZE = 24;

    /** HYPERVISOR_sched_op, SCHEDOP_shutdown, SHUTDOWN_crash (public/sched.h). */
    private static final int SCHEDULER = 29;

    private static final int SHUTDOWN = 2;
    private static final int CRASH = 3;

    private PvEntry() {}

    static void append(StubSections sections) {
        PvNotes.append(sections.notes);
        KernelStart.stack(sections.bss);
        SectionBuilder bss = sections.bss;
        int page = (int) AddressSpace.PAGE_SIZE;
        bss.align(page, 0);
        bss.data(PvSymbols.WINDOWS, () -> bss.skip(PvSymbols.WINDOW_COUNT * page));
        bss.data(PvSymbols.SHARED_INFO, () -> bss.skip(page));
        SectionBuilder data = sections.data;
        data.align(Long.BYTES, 0);
        data.data("cortado_pv_boot_vcpu_info", () -> bootInformation(data));
        data.data(BOOT_HEADER, () -> data.skip(ProcessorHeader.SIZE));
        sections.rodata.align(Integer.BYTES, 0);
        sections.rodata.data(
                INITIAL_MXCSR, () -> sections.rodata.emit32(ThreadFrame.INITIAL_MXCSR));
        addresses(sections.rodata);
        Assembler asm = sections.code64;
        asm.function(
                PvSymbols.ADDRESSES,
                () -> {
                    asm.lea(RAX, Memory.relative(ADDRESS_TABLE));
                    asm.ret();
                });
        asm.function(ENTRY, () -> entry(asm));
        asm.function(PvSymbols.PROCESSOR_ENTRY, () -> processorEntry(asm));
    }

    private static void addresses(SectionBuilder rodata) {
        rodata.align(Long.BYTES, 0);
        rodata.data(
                ADDRESS_TABLE,
                () -> {
                    address(rodata, PvSymbols.WINDOWS);
                    address(rodata, PvSymbols.SHARED_INFO);
                    address(rodata, PvSymbols.TRAP_VECTORS);
                    address(rodata, PvSymbols.EVENT_CALLBACK);
                    address(rodata, PvSymbols.FAILSAFE_CALLBACK);
                    address(rodata, PvSymbols.PROCESSOR_ENTRY);
                });
    }

    private static void address(SectionBuilder rodata, String symbol) {
        rodata.emitRelocated(RelocationType.ABSOLUTE_64, symbol, 0);
    }

    /** Until the first CPU has its own: events are masked, and none has come. */
    private static void bootInformation(SectionBuilder data) {
        data.emit8(0);
        data.emit8(1);
        data.skip(PvProcessorHeader.VCPU_INFO_SIZE - 2);
    }

    private static void entry(Assembler asm) {
        Label failed = new Label();
        asm.cld();
        asm.lea(RSP, Memory.relative(StubSymbols.BOOT_STACK_END));
        asm.mov(RBX, RSI);
        asm.mov(EDI, SEGMENT_BASE);
        asm.mov(ESI, GS_KERNEL);
        asm.lea(RDX, Memory.relative(BOOT_HEADER));
        asm.call(XenSymbols.HYPERCALL);
        initializeFpu(asm);

        asm.lea(R14, Memory.relative(ImageSymbols.HEAP_PHYSICAL));
        asm.sub(R14, AddressSpace.IMAGE_HEAP_OFFSET);
        asm.xor(R15D, R15D);
        // A chain of frame pointers ends here.
        asm.xor(EBP, EBP);
        asm.mov(RDI, RBX);
        asm.call(PvSymbols.EARLY_ENTRY);
        asm.test(RAX, RAX);
        asm.jcc(Condition.ZERO, failed);

        asm.sub(RSP, 2 * OPERATION_SIZE);
        asm.mov(Width.QUADWORD, Memory.at(RSP), NEW_BASE_POINTER);
        asm.mov(Memory.at(RSP, 8), RAX);
        asm.mov(Width.QUADWORD, Memory.at(RSP, 16), 0);
        asm.mov(EDI, MMU_EXTENDED);
        asm.mov(RSI, RSP);
        asm.mov(EDX, 1);
        asm.xor(RCX, RCX);
        asm.mov(R8, DOMID_SELF);
        asm.call(XenSymbols.HYPERCALL);
        asm.add(RSP, 2 * OPERATION_SIZE);
        asm.test(RAX, RAX);
        asm.jcc(Condition.NOT_ZERO, failed);

        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.mov(EDI, BootProtocol.XEN_PV);
        asm.mov(RSI, RBX);
        asm.call(KernelSymbols.KERNEL_ENTRY);
        asm.ud2();

        asm.bind(failed);
        asm.sub(RSP, Long.BYTES);
        asm.mov(Width.QUADWORD, Memory.at(RSP), CRASH);
        asm.mov(EDI, SCHEDULER);
        asm.mov(ESI, SHUTDOWN);
        asm.mov(RDX, RSP);
        asm.call(XenSymbols.HYPERCALL);
        asm.ud2();
    }

    private static void processorEntry(Assembler asm) {
        asm.cld();
        asm.mov(RBX, RSI);
        initializeFpu(asm);
        asm.mov(R14, AddressSpace.HEAP_BASE);
        asm.xor(R15D, R15D);
        asm.xor(EBP, EBP);
        asm.call(RBX);
        asm.ud2();
    }

    private static void initializeFpu(Assembler asm) {
        asm.fninit();
        asm.ldmxcsr(Memory.relative(INITIAL_MXCSR));
    }
}
