package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.ControlRegister.CR0;
import static dev.cortado.boot.x86.ControlRegister.CR3;
import static dev.cortado.boot.x86.ControlRegister.CR4;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.SegmentRegister;
import dev.cortado.boot.x86.Width;
import java.util.List;

/**
 * What happens without the firmware: the kernel is moved to its place, whatever was there, this
 * file included, and entered as a PVH loader does, which takes the CPU back to 32 bits (SDM vol.
 * 3A, 10.8.5.4 "Switching Out of IA-32e Mode Operation").
 */
final class KernelHandover {
    /** Code that is run in the workspace, up to {@link #HANDOVER_END}. */
    private static final String HANDOVER = "cortado_uefi_handover";

    private static final String HANDOVER_END = "cortado_uefi_handover_end";
    private static final String PROTECTED = "cortado_uefi_protected";

    private static final int CODE = 0x08;
    private static final int DATA = 0x10;
    private static final int GDT_SIZE = 0x18;

    /** SDM vol. 3A, 3.4.5: present, accessed, ring 0, 32 bits, up to 4 GiB. */
    private static final long CODE_DESCRIPTOR = 0x00CF_9B00_0000_FFFFL;

    private static final long DATA_DESCRIPTOR = 0x00CF_9300_0000_FFFFL;

    private static final int CR0_PAGING = 1 << 31;
    private static final int CR4_PAE = 1 << 5;
    private static final int CR4_LA57 = 1 << 12;
    private static final int IA32_EFER = 0xC000_0080;
    private static final int EFER_LONG_MODE_ENABLE = 1 << 8;

    private KernelHandover() {}

    static void append(UefiCode uefi, List<KernelSegment> segments, long entry) {
        int begin = uefi.text.offset();
        uefi.code.function(HANDOVER, () -> handOver(uefi.code, entry));
        SegmentMove.append(uefi, segments);
        uefi.code32.function(PROTECTED, () -> leaveLongMode(uefi.code32));
        uefi.text.data(HANDOVER_END, () -> {});
        if (uefi.text.offset() - begin > Workspace.HANDOVER_CODE_SIZE) {
            throw new IllegalStateException(
                    uefi.text.offset() - begin + " bytes of code are too much for their place");
        }
    }

    /** Code in the loader's frame, which it leaves behind. */
    static void enter(UefiCode uefi) {
        Assembler asm = uefi.code;
        asm.cli();
        ownPageTables(asm);
        asm.lea(RSP, Memory.at(R13, Workspace.STACK_TOP));
        asm.lea(R14, Memory.relative(UefiCode.IMAGE_BEGIN));
        asm.lea(RSI, Memory.relative(HANDOVER));
        asm.lea(RCX, Memory.relative(HANDOVER_END));
        asm.sub(RCX, RSI);
        asm.lea(RDI, Memory.at(R13, Workspace.HANDOVER_CODE));
        asm.mov(RAX, RDI);
        asm.repMovs(Width.BYTE);
        asm.jmp(RAX);
    }

    /** CR4 is written whole: what the firmware has switched on beyond paging is not wanted. */
    private static void ownPageTables(Assembler asm) {
        Label five = new Label();
        asm.lea(RCX, Memory.at(R13, IdentityMap.ROOT_OF_FIVE));
        asm.mov(RAX, CR4);
        asm.and(RAX, CR4_LA57);
        asm.jcc(Condition.NOT_ZERO, five);
        asm.lea(RCX, Memory.at(R13, IdentityMap.ROOT_OF_FOUR));
        asm.bind(five);
        asm.or(RAX, CR4_PAE);
        asm.mov(CR4, RAX);
        asm.mov(CR3, RCX);
    }

    /** From here on nothing is used but the workspace. */
    private static void handOver(Assembler asm, long entry) {
        asm.call(SegmentMove.MOVE);
        segments(asm);
        int info = Workspace.START_INFO;
        asm.mov(
                Width.DOUBLEWORD,
                Memory.at(R13, info + PvhStartInfo.MAGIC),
                PvhStartInfo.MAGIC_VALUE);
        asm.mov(Width.DOUBLEWORD, Memory.at(R13, info + PvhStartInfo.VERSION), 1);
        asm.lea(RBX, Memory.at(R13, info));
        asm.mov(RDI, entry);
        asm.push(CODE);
        asm.lea(RAX, Memory.relative(PROTECTED));
        asm.push(RAX);
        asm.retfq();
    }

    private static void segments(Assembler asm) {
        asm.mov(RAX, CODE_DESCRIPTOR);
        asm.mov(Memory.at(R13, Workspace.GDT + CODE), RAX);
        asm.mov(RAX, DATA_DESCRIPTOR);
        asm.mov(Memory.at(R13, Workspace.GDT + DATA), RAX);
        asm.mov(Width.WORD, Memory.at(R13, Workspace.GDT_POINTER), GDT_SIZE - 1);
        asm.lea(RAX, Memory.at(R13, Workspace.GDT));
        asm.mov(Memory.at(R13, Workspace.GDT_POINTER + Short.BYTES), RAX);
        asm.lgdt(Memory.at(R13, Workspace.GDT_POINTER));
    }

    /** ebx = address of the start information, edi = the kernel's entry. */
    private static void leaveLongMode(Assembler asm) {
        asm.mov(EAX, DATA);
        for (SegmentRegister register :
                List.of(
                        SegmentRegister.DS,
                        SegmentRegister.ES,
                        SegmentRegister.SS,
                        SegmentRegister.FS,
                        SegmentRegister.GS)) {
            asm.mov(register, EAX);
        }
        asm.mov(EAX, CR0);
        asm.and(EAX, ~CR0_PAGING);
        asm.mov(CR0, EAX);
        asm.mov(ECX, Integer.toUnsignedLong(IA32_EFER));
        asm.rdmsr();
        asm.and(EAX, ~EFER_LONG_MODE_ENABLE);
        asm.wrmsr();
        asm.jmp(EDI);
    }
}
