package dev.cortado.boot.uefi;

import static dev.cortado.boot.uefi.UefiCode.ADDRESS;
import static dev.cortado.boot.uefi.UefiCode.variable;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RDI;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.util.List;

/** Takes the {@link Workspace} from the firmware. */
final class WorkspaceMemory {
    private static final String NONE = "cortado_uefi_message_no_workspace";

    private static final long HIGHEST_ADDRESS = 0xFFFF_FFFFL;

    private WorkspaceMemory() {}

    static void append(UefiCode uefi) {
        UefiFailure.message(uefi, NONE, "no memory is free for the loader below 4 GiB");
    }

    /** r13 = its address; it is all zeroes. */
    static void allocate(UefiCode uefi, List<KernelSegment> segments) {
        Assembler asm = uefi.code;
        Label apart = new Label();
        asm.mov(RAX, HIGHEST_ADDRESS);
        asm.mov(variable(ADDRESS), RAX);
        asm.mov(ECX, Uefi.ALLOCATE_MAXIMUM_ADDRESS);
        asm.mov(EDX, Uefi.LOADER_DATA);
        asm.mov(R8, Workspace.PAGES);
        asm.lea(R9, variable(ADDRESS));
        uefi.bootService(Uefi.ALLOCATE_PAGES);
        asm.test(RAX, RAX);
        uefi.failIf(Condition.NOT_ZERO, NONE);
        asm.mov(R13, variable(ADDRESS));
        // The kernel's place has been taken, but for what the firmware has given back since.
        asm.mov(RDI, segments.getLast().end());
        asm.cmp(R13, RDI);
        asm.jcc(Condition.ABOVE_OR_EQUAL, apart);
        asm.lea(RAX, Memory.at(R13, (int) (Workspace.PAGES * AddressSpace.PAGE_SIZE)));
        asm.mov(RDI, segments.getFirst().address());
        asm.cmp(RAX, RDI);
        uefi.failIf(Condition.ABOVE, NONE);
        asm.bind(apart);
        asm.mov(RDI, R13);
        asm.xor(EAX, EAX);
        asm.mov(ECX, Workspace.PAGES * AddressSpace.PAGE_SIZE / Long.BYTES);
        asm.repStos(Width.QUADWORD);
    }
}
