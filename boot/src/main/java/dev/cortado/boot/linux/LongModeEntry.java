package dev.cortado.boot.linux;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.ControlRegister;
import dev.cortado.boot.x86.Memory;

/**
 * Where a loader goes that is in 64-bit mode ("64-bit Boot Protocol"), with what it has loaded
 * mapped at its own addresses, and rsi = address of the parameters, below 4 GiB.
 */
final class LongModeEntry {
    private static final String BACK = "cortado_linux_leave_long_mode";
    private static final String GDT = "cortado_linux_gdt";
    private static final String GDT_POINTER = "cortado_linux_gdt_pointer";

    private static final int CR0_PAGING = 1 << 31;
    private static final int CR4_PAE = 1 << 5;
    private static final int IA32_EFER = 0xC000_0080;
    private static final int EFER_LONG_MODE_ENABLE = 1 << 8;

    private LongModeEntry() {}

    static void append(LinuxCode linux) {
        linux.text.align(Long.BYTES, 0);
        linux.text.data(GDT, () -> RealModeEntry.descriptors(linux.text));
        linux.text.data(
                GDT_POINTER,
                () -> {
                    linux.text.emit16(RealModeEntry.GDT_SIZE - 1);
                    linux.text.emitRelocated(RelocationType.ABSOLUTE_64, GDT, 0);
                });
        linux.code32.function(BACK, () -> leave(linux.code32));
    }

    /** The entry itself, which has its place. */
    static void enter(Assembler asm) {
        asm.cli();
        asm.lgdt(Memory.relative(GDT_POINTER));
        asm.lea(RSP, Memory.relative(LinuxCode.STACK_TOP));
        asm.push(LinuxLayout.CODE_SELECTOR);
        asm.lea(RAX, Memory.relative(BACK));
        asm.push(RAX);
        asm.retfq();
    }

    /** SDM vol. 3A, 10.8.5.4 "Switching Out of IA-32e Mode Operation". */
    private static void leave(Assembler asm) {
        asm.mov(EAX, ControlRegister.CR0);
        asm.and(EAX, ~CR0_PAGING);
        asm.mov(ControlRegister.CR0, EAX);
        asm.mov(ECX, Integer.toUnsignedLong(IA32_EFER));
        asm.rdmsr();
        asm.and(EAX, ~EFER_LONG_MODE_ENABLE);
        asm.wrmsr();
        asm.mov(EAX, CR4_PAE);
        asm.mov(ControlRegister.CR4, EAX);
        asm.jmp(ProtectedModeEntry.ENTRY);
    }
}
