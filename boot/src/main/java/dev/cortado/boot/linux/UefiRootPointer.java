package dev.cortado.boot.linux;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.gpt.Guid;
import dev.cortado.boot.uefi.Uefi;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Where ACPI's Root System Description Pointer is, of a loader that does not tell, but was started
 * by UEFI: GRUB. It passes on UEFI's system table, and in that is the configuration table (ACPI
 * 6.5, 5.2.5.2).
 */
final class UefiRootPointer {
    /** Entries beyond are not looked at; real tables have some dozens. */
    private static final int MOST_ENTRIES = 1024;

    private static final int HIGH = Integer.BYTES;

    private UefiRootPointer() {}

    /**
     * Code with esi = address of the parameters, in 32-bit mode, where nothing above 4 GiB can be
     * read.
     *
     * @param rsdp where the pointer's address is, or both words of it are zero
     */
    static void find(Assembler asm, int rsdp) {
        Label end = new Label();
        require(asm, Memory.absolute(rsdp), 0, end);
        require(asm, Memory.absolute(rsdp + HIGH), 0, end);
        require(asm, Memory.at(ESI, LinuxLayout.EFI_SIGNATURE), LinuxLayout.EFI_64, end);
        require(asm, Memory.at(ESI, LinuxLayout.EFI_SYSTEM_TABLE_HIGH), 0, end);
        asm.mov(EDI, Memory.at(ESI, LinuxLayout.EFI_SYSTEM_TABLE));
        asm.test(EDI, EDI);
        asm.jcc(Condition.ZERO, end);
        require(asm, Memory.at(EDI, Uefi.CONFIGURATION_COUNT + HIGH), 0, end);
        require(asm, Memory.at(EDI, Uefi.CONFIGURATION_TABLE + HIGH), 0, end);
        asm.mov(ECX, Memory.at(EDI, Uefi.CONFIGURATION_COUNT));
        asm.mov(EDI, Memory.at(EDI, Uefi.CONFIGURATION_TABLE));
        asm.cmp(ECX, MOST_ENTRIES);
        asm.jcc(Condition.ABOVE, end);
        search(asm, rsdp, end);
        asm.bind(end);
    }

    /** Of the two kinds, the newer is taken wherever it is. */
    private static void search(Assembler asm, int rsdp, Label end) {
        Label other = new Label();
        Label skip = new Label();
        Label next = asm.here();
        asm.test(ECX, ECX);
        asm.jcc(Condition.ZERO, end);
        compare(asm, Uefi.ACPI_20_TABLE, other);
        take(asm, rsdp);
        asm.jmp(end);
        asm.bind(other);
        compare(asm, Uefi.ACPI_10_TABLE, skip);
        take(asm, rsdp);
        asm.bind(skip);
        asm.add(EDI, Uefi.CONFIGURATION_SIZE);
        asm.sub(ECX, 1);
        asm.jmp(next);
    }

    private static void compare(Assembler asm, UUID id, Label different) {
        ByteBuffer bytes = ByteBuffer.wrap(Guid.bytes(id)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < Guid.SIZE; at += Integer.BYTES) {
            require(asm, Memory.at(EDI, at), bytes.getInt(at), different);
        }
    }

    private static void require(Assembler asm, Memory field, int value, Label otherwise) {
        asm.cmp(Width.DOUBLEWORD, field, value);
        asm.jcc(Condition.NOT_EQUAL, otherwise);
    }

    private static void take(Assembler asm, int rsdp) {
        for (int half = 0; half < Long.BYTES; half += HIGH) {
            asm.mov(EAX, Memory.at(EDI, Uefi.CONFIGURATION_POINTER + half));
            asm.mov(Memory.absolute(rsdp + half), EAX);
        }
    }
}
