package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import java.util.List;

/**
 * Page tables in the workspace, for the kernel may belong to where the firmware's are: the first 4
 * GiB and this file at their own addresses, in large pages (SDM vol. 3A, 4.5 "4-level paging").
 */
final class IdentityMap {
    /** Function: maps from rdi up to rsi; r14 = the next page for a table. Clobbers rax and rdx. */
    static final String MAP = "cortado_uefi_map";

    private static final int PAGE = (int) AddressSpace.PAGE_SIZE;
    private static final int PRESENT_WRITABLE = 3;
    private static final int LARGE = 1 << 7;
    private static final int[] UPPER_SHIFTS = {39, 30};
    private static final int DIRECTORY_SHIFT = 21;

    /** The top level where the firmware has switched five levels on, and where it has not. */
    static final int ROOT_OF_FIVE = Workspace.PAGE_TABLES;

    static final int ROOT_OF_FOUR = ROOT_OF_FIVE + PAGE;

    private IdentityMap() {}

    static void append(UefiCode uefi) {
        uefi.code.function(MAP, () -> map(uefi.code));
    }

    static void build(UefiCode uefi, List<KernelSegment> segments) {
        Assembler asm = uefi.code;
        asm.lea(RAX, Memory.at(R13, ROOT_OF_FOUR + PRESENT_WRITABLE));
        asm.mov(Memory.at(R13, ROOT_OF_FIVE), RAX);
        asm.lea(R14, Memory.at(R13, ROOT_OF_FOUR + PAGE));
        asm.mov(RDI, 0);
        asm.mov(RSI, AddressSpace.EARLY_MAPPED_SIZE);
        asm.call(MAP);
        asm.lea(RDI, Memory.relative(UefiCode.FILE_BEGIN));
        asm.and(RDI, -AddressSpace.LARGE_PAGE_SIZE);
        fileEnd(asm, RSI, segments);
        asm.call(MAP);
    }

    /** The address after the last byte of the file that is of use. */
    private static void fileEnd(Assembler asm, Register to, List<KernelSegment> segments) {
        asm.lea(to, Memory.relative(UefiCode.IMAGE_BEGIN));
        asm.add(
                to,
                segments.stream()
                        .mapToLong(segment -> segment.offset() + segment.fileSize())
                        .max()
                        .orElseThrow());
    }

    private static void map(Assembler asm) {
        Label next = asm.here();
        asm.lea(RDX, Memory.at(R13, ROOT_OF_FOUR));
        for (int shift : UPPER_SHIFTS) {
            Label there = new Label();
            entry(asm, shift);
            asm.mov(RAX, Memory.at(RDX));
            asm.test(RAX, RAX);
            asm.jcc(Condition.NOT_ZERO, there);
            asm.lea(RAX, Memory.at(R14, PRESENT_WRITABLE));
            asm.mov(Memory.at(RDX), RAX);
            asm.add(R14, PAGE);
            asm.bind(there);
            asm.and(RAX, -PAGE);
            asm.mov(RDX, RAX);
        }
        entry(asm, DIRECTORY_SHIFT);
        asm.lea(RAX, Memory.at(RDI, PRESENT_WRITABLE | LARGE));
        asm.mov(Memory.at(RDX), RAX);
        asm.add(RDI, AddressSpace.LARGE_PAGE_SIZE);
        asm.cmp(RDI, RSI);
        asm.jcc(Condition.BELOW, next);
        asm.ret();
    }

    /** rdx = where the table at rdx has the entry for the address in rdi. */
    private static void entry(Assembler asm, int shift) {
        asm.mov(RAX, RDI);
        asm.shr(RAX, shift);
        asm.and(EAX, 511);
        asm.lea(RDX, Memory.at(RDX, RAX, Long.BYTES, 0));
    }
}
