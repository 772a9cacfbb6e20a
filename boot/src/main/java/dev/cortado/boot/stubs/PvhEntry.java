package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;
import static dev.cortado.boot.x86.Register.ESP;

import dev.cortado.boot.layout.BootProtocol;
import dev.cortado.boot.layout.CpuIdBits;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Where Xen, QEMU, Firecracker and Cloud Hypervisor start a guest: Xen's "x86/HVM direct boot ABI"
 * (docs/misc/pvh.pandoc).
 *
 * <p>State at the entry: 32-bit protected mode, flat segments, paging and interrupts off, ebx =
 * physical address of {@link PvhStartInfo}. All else is unspecified, the stack and the GDT among
 * it.
 */
final class PvhEntry {

    static final String ENTRY = "cortado_pvh_entry";

    private static final String REQUIRE_LONG_MODE = "cortado_require_long_mode";
    private static final String CALLED_WRONGLY = "cortado_message_called_wrongly";
    private static final String NO_LONG_MODE = "cortado_message_no_long_mode";

    /** Name of the note that tells a loader where {@link #ENTRY} is (Xen's elfnote.h). */
    private static final String NOTE_OWNER = "Xen";

    private static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

    /** EFLAGS.ID: a program that can change it has CPUID (SDM vol. 1, 3.4.3.3). */
    private static final int FLAGS_ID = 1 << 21;

    private PvhEntry() {}

    static void append(StubSections sections) {
        sections.notes.data("cortado_pvh_note", () -> note(sections.notes));
        BootFailure.message(sections, CALLED_WRONGLY, "no PVH start info: wrong magic number");
        BootFailure.message(sections, NO_LONG_MODE, "this CPU has no 64-bit mode");
        Assembler asm = sections.code32;
        asm.function(ENTRY, () -> entry(asm));
        asm.function(REQUIRE_LONG_MODE, () -> requireLongMode(asm));
    }

    private static void note(SectionBuilder notes) {
        notes.emit32(NOTE_OWNER.length() + 1);
        // Xen takes an address of 4 or 8 bytes; QEMU reads 8 from a 64-bit image.
        notes.emit32(Long.BYTES);
        notes.emit32(XEN_ELFNOTE_PHYS32_ENTRY);
        notes.emitText(NOTE_OWNER);
        notes.emitRelocated(RelocationType.ABSOLUTE_64, ENTRY, 0);
    }

    private static void entry(Assembler asm) {
        Label called = new Label();
        asm.cli();
        asm.cld();
        // cpuid overwrites ebx, and the kernel wants the address as its second argument.
        asm.mov(ESI, EBX);
        asm.cmp(Width.DOUBLEWORD, Memory.at(ESI, PvhStartInfo.MAGIC), PvhStartInfo.MAGIC_VALUE);
        asm.jcc(Condition.EQUAL, called);
        asm.movAddress(ESI, CALLED_WRONGLY, 0);
        asm.jmp(BootFailure.FAIL);
        asm.bind(called);
        ImageMemory.require(asm);
        asm.movAddress(ESP, StubSymbols.BOOT_STACK_END, 0);
        asm.call(REQUIRE_LONG_MODE);
        asm.call(EarlyPageTables.BUILD);
        asm.mov(EDI, BootProtocol.PVH);
        asm.movAddress(EAX, EarlyPageTables.ROOT, 0);
        asm.movAddress(EBP, KernelStart.START, 0);
        asm.jmp(LongMode.ENTER);
    }

    /** Returns on a 64-bit CPU only. Clobbers eax, ebx, ecx, edx. */
    private static void requireLongMode(Assembler asm) {
        Label missing = new Label();
        asm.pushf();
        asm.pop(EAX);
        asm.mov(ECX, EAX);
        asm.xor(EAX, FLAGS_ID);
        asm.push(EAX);
        asm.popf();
        asm.pushf();
        asm.pop(EAX);
        asm.cmp(EAX, ECX);
        asm.jcc(Condition.EQUAL, missing);
        asm.mov(EAX, CpuIdBits.EXTENDED_LIMIT);
        asm.cpuid();
        asm.cmp(EAX, CpuIdBits.EXTENDED_FEATURES);
        asm.jcc(Condition.BELOW, missing);
        asm.mov(EAX, CpuIdBits.EXTENDED_FEATURES);
        asm.cpuid();
        asm.test(EDX, CpuIdBits.LONG_MODE);
        asm.jcc(Condition.ZERO, missing);
        asm.ret();
        asm.bind(missing);
        asm.movAddress(ESI, NO_LONG_MODE, 0);
        asm.jmp(BootFailure.FAIL);
    }
}
