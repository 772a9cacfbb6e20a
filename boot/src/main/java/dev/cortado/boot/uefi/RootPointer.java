package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R13;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBP;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDI;
import static dev.cortado.boot.x86.Register.RSI;

import dev.cortado.boot.gpt.Guid;
import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Where ACPI's Root System Description Pointer is (ACPI 6.5, 5.2.5.2 "Finding the RSDP on UEFI
 * Enabled Systems"): the newer kind, if the firmware's configuration table has both.
 */
final class RootPointer {
    private RootPointer() {}

    /** Leaves 0 where there is none. */
    static void find(UefiCode uefi) {
        search(uefi.code, Uefi.ACPI_10_TABLE);
        search(uefi.code, Uefi.ACPI_20_TABLE);
    }

    private static void search(Assembler asm, UUID id) {
        ByteBuffer bytes = ByteBuffer.wrap(Guid.bytes(id)).order(ByteOrder.LITTLE_ENDIAN);
        Label end = new Label();
        Label skip = new Label();
        asm.mov(RDI, Memory.at(RBP, Uefi.CONFIGURATION_COUNT));
        asm.mov(RSI, Memory.at(RBP, Uefi.CONFIGURATION_TABLE));
        Label next = asm.here();
        asm.test(RDI, RDI);
        asm.jcc(Condition.ZERO, end);
        for (int half = 0; half < Guid.SIZE; half += Long.BYTES) {
            asm.mov(RAX, Memory.at(RSI, half));
            asm.mov(RCX, bytes.getLong(half));
            asm.cmp(RAX, RCX);
            asm.jcc(Condition.NOT_EQUAL, skip);
        }
        asm.mov(RAX, Memory.at(RSI, Uefi.CONFIGURATION_POINTER));
        asm.mov(Memory.at(R13, Workspace.START_INFO + PvhStartInfo.RSDP), RAX);
        asm.jmp(end);
        asm.bind(skip);
        asm.add(RSI, Uefi.CONFIGURATION_SIZE);
        asm.sub(RDI, 1);
        asm.jmp(next);
        asm.bind(end);
    }
}
