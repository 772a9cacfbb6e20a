package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;
import java.util.List;

/** The code of an EFI application that starts an image. */
public final class UefiLoader {
    private static final String ENTRY = "cortado_uefi_entry";

    /** What a function gives back as it was (2.3.4.1). */
    private static final List<Register> KEPT = List.of(RBX, RBP, RSI, RDI, R12, R13, R14, R15);

    private UefiLoader() {}

    /**
     * The code, for a {@link PortableExecutable} on a disk of Cortado's whose payload is the image.
     *
     * @param segments by their addresses, at least one; all below 4 GiB, and in the image's order
     * @param entry physical address of the PVH entry
     * @throws IllegalArgumentException if the order is another one
     */
    public static byte[] forDisk(List<KernelSegment> segments, long entry) {
        return assemble(segments, entry, new DiskCommandLine()).link();
    }

    /**
     * The code for a file that is also loaded by other means.
     *
     * @param segments and entry: as above
     * @param first offset of the code in the file
     * @param image offset of the image in the file
     */
    public static byte[] forFile(List<KernelSegment> segments, long entry, int first, int image) {
        return assemble(segments, entry, new LoadOptions()).link(first, image);
    }

    private static UefiCode assemble(List<KernelSegment> segments, long entry, CommandLine line) {
        UefiCode uefi = new UefiCode();
        uefi.code.function(ENTRY, () -> load(uefi, segments, line));
        uefi.append();
        UefiFailure.append(uefi);
        KernelMemory.append(uefi);
        WorkspaceMemory.append(uefi);
        line.append(uefi);
        IdentityMap.append(uefi);
        MemoryMap.append(uefi);
        MapConversion.append(uefi);
        KernelHandover.append(uefi, segments, entry);
        return uefi;
    }

    /** rcx = the image's handle, rdx = the system table (4.1). */
    private static void load(UefiCode uefi, List<KernelSegment> segments, CommandLine line) {
        Assembler asm = uefi.code;
        KEPT.forEach(asm::push);
        asm.sub(RSP, UefiCode.FRAME_SIZE);
        asm.cld();
        asm.mov(RBX, RCX);
        asm.mov(RBP, RDX);
        asm.mov(R12, Memory.at(RBP, Uefi.BOOT_SERVICES));
        KernelMemory.reserve(uefi, segments);
        WorkspaceMemory.allocate(uefi, segments);
        line.read(uefi);
        RootPointer.find(uefi);
        IdentityMap.build(uefi, segments);
        MemoryMap.read(uefi);
        asm.call(MapConversion.CONVERT);
        KernelMemory.require(uefi, segments);
        MemoryMap.exitBootServices(uefi);
        asm.call(MapConversion.CONVERT);
        KernelHandover.enter(uefi);
    }

    /** Returns to the firmware from the loader's frame. */
    static void leave(Assembler asm) {
        asm.add(RSP, UefiCode.FRAME_SIZE);
        KEPT.reversed().forEach(asm::pop);
        asm.ret();
    }
}
