package dev.cortado.boot.disk;

import static dev.cortado.boot.x86.Register.DX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EDX;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.ControlRegister;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;

/** To 32-bit protected mode and back (SDM vol. 3A, 9.9 "Mode Switching"). */
final class ProtectedMode {

    /**
     * 16-bit function: calls the 32-bit function at ebp with flat segments and interrupts off, and
     * returns what it leaves in eax. Clobbers edx before and after.
     */
    static final String CALL = "cortado_disk_protected_call";

    private static final String PROTECTED = "cortado_disk_protected";
    private static final String LEAVE = "cortado_disk_protected_leave";
    private static final String REAL = "cortado_disk_real";
    private static final String GDT_TABLE = "cortado_disk_gdt_table";
    private static final String GDT_POINTER = "cortado_disk_gdt_pointer";

    private static final int CODE_32 = 0x08;
    private static final int DATA_32 = 0x10;
    private static final int CODE_16 = 0x18;
    private static final int DATA_16 = 0x20;
    private static final int GDT_SIZE = 0x28;

    // SDM vol. 3A, 3.4.5: present, accessed, ring 0. The first two reach 4 GiB; the others have the
    // base, limit and size that real mode expects.
    private static final long CODE_32_DESCRIPTOR = 0x00CF_9B00_0000_FFFFL;
    private static final long DATA_32_DESCRIPTOR = 0x00CF_9300_0000_FFFFL;
    private static final long CODE_16_DESCRIPTOR = 0x0000_9B00_0000_FFFFL;
    private static final long DATA_16_DESCRIPTOR = 0x0000_9300_0000_FFFFL;

    private static final int CR0_PROTECTION_ENABLE = 1;

    private ProtectedMode() {}

    static void append(DiskCode code) {
        SectionBuilder text = code.text;
        text.align(Long.BYTES, 0);
        text.data(
                GDT_TABLE,
                () -> {
                    text.emit64(0);
                    text.emit64(CODE_32_DESCRIPTOR);
                    text.emit64(DATA_32_DESCRIPTOR);
                    text.emit64(CODE_16_DESCRIPTOR);
                    text.emit64(DATA_16_DESCRIPTOR);
                });
        text.data(
                GDT_POINTER,
                () -> {
                    text.emit16(GDT_SIZE - 1);
                    text.emitRelocated(RelocationType.ABSOLUTE_32, GDT_TABLE, 0);
                });
        code.code16.function(CALL, () -> enter(code.code16));
        code.code32.function(PROTECTED, () -> callAndReturn(code.code32));
        code.code16.function(LEAVE, () -> leave(code.code16));
        code.code16.function(REAL, () -> real(code.code16));
    }

    private static void enter(Assembler asm) {
        asm.cli();
        asm.movAddress(EDX, GDT_POINTER, 0);
        asm.lgdt(Memory.at(EDX));
        asm.mov(EDX, ControlRegister.CR0);
        asm.or(EDX, CR0_PROTECTION_ENABLE);
        asm.mov(ControlRegister.CR0, EDX);
        asm.jmpFar(CODE_32, PROTECTED);
    }

    private static void callAndReturn(Assembler asm) {
        loadSegments(asm, DATA_32);
        asm.call(EBP);
        loadSegments(asm, DATA_16);
        asm.jmpFar(CODE_16, LEAVE);
    }

    private static void leave(Assembler asm) {
        asm.mov(EDX, ControlRegister.CR0);
        asm.and(EDX, ~CR0_PROTECTION_ENABLE);
        asm.mov(ControlRegister.CR0, EDX);
        asm.jmpFar(0, REAL);
    }

    private static void real(Assembler asm) {
        loadSegments(asm, 0);
        asm.sti();
        asm.ret();
    }

    private static void loadSegments(Assembler asm, int selector) {
        asm.mov(DX, selector);
        asm.mov(SegmentRegister.DS, DX);
        asm.mov(SegmentRegister.ES, DX);
        asm.mov(SegmentRegister.SS, DX);
    }
}
