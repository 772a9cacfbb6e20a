package dev.cortado.boot.uefi;

import static dev.cortado.boot.uefi.UefiCode.FIFTH_ARGUMENT;
import static dev.cortado.boot.uefi.UefiCode.MAP_DESCRIPTOR_SIZE;
import static dev.cortado.boot.uefi.UefiCode.MAP_DESCRIPTOR_VERSION;
import static dev.cortado.boot.uefi.UefiCode.MAP_KEY;
import static dev.cortado.boot.uefi.UefiCode.MAP_SIZE;
import static dev.cortado.boot.uefi.UefiCode.variable;
import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.R15;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.R9;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RDX;

import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/** The firmware's memory map, and the end of its boot services, which wants to see it. */
final class MemoryMap {
    private static final String UNREADABLE = "cortado_uefi_message_no_memory_map";
    private static final String STAYS = "cortado_uefi_message_cannot_exit";

    /** The map may change while the firmware ends its work, which is then to be read again. */
    private static final int ATTEMPTS = 8;

    private MemoryMap() {}

    static void append(UefiCode uefi) {
        UefiFailure.message(uefi, UNREADABLE, "the firmware's memory map cannot be read");
        UefiFailure.message(uefi, STAYS, "the firmware does not end its boot services");
    }

    /** GetMemoryMap (7.2.3): r14 = bytes of the map, r15 = bytes of a descriptor. */
    static void read(UefiCode uefi) {
        Assembler asm = uefi.code;
        asm.mov(Width.QUADWORD, variable(MAP_SIZE), Workspace.MEMORY_MAP_SIZE);
        asm.lea(RCX, variable(MAP_SIZE));
        asm.lea(RDX, Memory.at(R13, Workspace.MEMORY_MAP));
        asm.lea(R8, variable(MAP_KEY));
        asm.lea(R9, variable(MAP_DESCRIPTOR_SIZE));
        asm.lea(RAX, variable(MAP_DESCRIPTOR_VERSION));
        asm.mov(variable(FIFTH_ARGUMENT), RAX);
        uefi.bootService(Uefi.GET_MEMORY_MAP);
        asm.test(RAX, RAX);
        uefi.failIf(Condition.NOT_ZERO, UNREADABLE);
        asm.mov(R14, variable(MAP_SIZE));
        asm.mov(R15, variable(MAP_DESCRIPTOR_SIZE));
        asm.cmp(R15, Uefi.DESCRIPTOR_SIZE);
        uefi.failIf(Condition.BELOW, UNREADABLE);
    }

    /** ExitBootServices (7.4.6); the map of that moment is left as {@link #read} does. */
    static void exitBootServices(UefiCode uefi) {
        Assembler asm = uefi.code;
        Label done = new Label();
        asm.mov(RDI, ATTEMPTS);
        Label again = asm.here();
        read(uefi);
        asm.mov(RCX, RBX);
        asm.mov(RDX, variable(MAP_KEY));
        uefi.bootService(Uefi.EXIT_BOOT_SERVICES);
        asm.test(RAX, RAX);
        asm.jcc(Condition.ZERO, done);
        asm.sub(RDI, 1);
        asm.jcc(Condition.NOT_ZERO, again);
        uefi.fail(STAYS);
        asm.bind(done);
    }
}
