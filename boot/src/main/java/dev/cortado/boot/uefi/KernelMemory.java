package dev.cortado.boot.uefi;

import static dev.cortado.boot.uefi.UefiCode.ADDRESS;
import static dev.cortado.boot.uefi.UefiCode.variable;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import java.util.List;

/**
 * The memory that the kernel is linked to. The firmware may use some of it until its boot services
 * end, and may have put this file there; that is overwritten afterwards.
 */
final class KernelMemory {
    private static final String TOO_LITTLE = "cortado_uefi_message_too_little_memory";

    private static final long PAGE = AddressSpace.PAGE_SIZE;

    private KernelMemory() {}

    static void append(UefiCode uefi) {
        UefiFailure.message(
                uefi,
                TOO_LITTLE,
                "this machine has too little memory for the image, or it is in use");
    }

    /** Takes what is free of it, so that nothing else gets there. */
    static void reserve(UefiCode uefi, List<KernelSegment> segments) {
        Assembler asm = uefi.code;
        for (KernelSegment segment : segments) {
            Label taken = new Label();
            long begin = segment.address() & -PAGE;
            long pages = (segment.end() - begin + PAGE - 1) / PAGE;
            asm.mov(R14, begin);
            asm.mov(R8, pages);
            allocate(uefi, R14);
            asm.test(RAX, RAX);
            asm.jcc(Condition.ZERO, taken);
            asm.mov(R15, pages);
            Label next = asm.here();
            asm.mov(R8, 1);
            allocate(uefi, R14);
            asm.add(R14, PAGE);
            asm.sub(R15, 1);
            asm.jcc(Condition.NOT_ZERO, next);
            asm.bind(taken);
        }
    }

    /** AllocatePages (7.2.1): r8 pages from that address. */
    private static void allocate(UefiCode uefi, Register address) {
        Assembler asm = uefi.code;
        asm.mov(variable(ADDRESS), address);
        asm.mov(ECX, Uefi.ALLOCATE_ADDRESS);
        asm.mov(EDX, Uefi.LOADER_DATA);
        asm.lea(R9, variable(ADDRESS));
        uefi.bootService(Uefi.ALLOCATE_PAGES);
    }

    /** Goes on only where the whole image fits one range of memory. */
    static void require(UefiCode uefi, List<KernelSegment> segments) {
        Assembler asm = uefi.code;
        asm.mov(RDI, segments.getFirst().address());
        asm.mov(RSI, segments.getLast().end());
        Label found = new Label();
        Label skip = new Label();
        asm.mov(ECX, Memory.at(R13, Workspace.START_INFO + PvhStartInfo.MEMORY_MAP_COUNT));
        asm.lea(RDX, Memory.at(R13, Workspace.MEMORY_MAP));
        Label next = asm.here();
        asm.mov(EAX, Memory.at(RDX, PvhStartInfo.MEMORY_TYPE));
        asm.cmp(EAX, PvhStartInfo.MEMORY_TYPE_RAM);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.mov(RAX, Memory.at(RDX, PvhStartInfo.MEMORY_ADDRESS));
        asm.cmp(RAX, RDI);
        asm.jcc(Condition.ABOVE, skip);
        asm.mov(R8, Memory.at(RDX, PvhStartInfo.MEMORY_LENGTH));
        asm.add(RAX, R8);
        asm.cmp(RAX, RSI);
        asm.jcc(Condition.ABOVE_OR_EQUAL, found);
        asm.bind(skip);
        asm.add(RDX, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.sub(RCX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
        uefi.fail(TOO_LITTLE);
        asm.bind(found);
    }
}
