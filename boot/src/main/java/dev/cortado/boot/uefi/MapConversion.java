package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.AL;
import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.R10;
import static dev.cortado.boot.x86.Register.R11;
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

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;

/**
 * Makes the kernel's memory map of the firmware's, in its place: by rising addresses, ranges of one
 * type in one piece. The firmware's may be in any order and has many small ranges.
 */
final class MapConversion {

    /**
     * Function: r14 = bytes of the firmware's map, r15 = bytes of a descriptor. Fills in what
     * {@link PvhStartInfo} says of the map. Clobbers all registers but rbx, rbp, r12 and r13.
     */
    static final String CONVERT = "cortado_uefi_convert_map";

    private static final String TYPES = "cortado_uefi_memory_types";

    private static final int PAGE_SHIFT = 12;
    private static final int ENTRY = PvhStartInfo.MEMORY_ENTRY_SIZE;
    private static final int ADDRESS = PvhStartInfo.MEMORY_ADDRESS;
    private static final int LENGTH = PvhStartInfo.MEMORY_LENGTH;
    private static final int TYPE = PvhStartInfo.MEMORY_TYPE;

    private static final int RAM = PvhStartInfo.MEMORY_TYPE_RAM;
    private static final int RESERVED = 2;
    private static final int ACPI = 3;
    private static final int NON_VOLATILE = 4;
    private static final int UNUSABLE = 5;
    private static final int PERSISTENT = 7;

    /**
     * What becomes of the types of EFI_MEMORY_TYPE (7.2.1) once there are no boot services: of
     * memory with code and data of the loader and of these services too. Reserved is what is not
     * known.
     */
    private static final int[] CONVERTED = {
        RESERVED, // EfiReservedMemoryType
        RAM, // EfiLoaderCode
        RAM, // EfiLoaderData
        RAM, // EfiBootServicesCode
        RAM, // EfiBootServicesData
        RESERVED, // EfiRuntimeServicesCode
        RESERVED, // EfiRuntimeServicesData
        RAM, // EfiConventionalMemory
        UNUSABLE, // EfiUnusableMemory
        ACPI, // EfiACPIReclaimMemory
        NON_VOLATILE, // EfiACPIMemoryNVS
        RESERVED, // EfiMemoryMappedIO
        RESERVED, // EfiMemoryMappedIOPortSpace
        RESERVED, // EfiPalCode
        PERSISTENT // EfiPersistentMemory
    };

    private MapConversion() {}

    static void append(UefiCode uefi) {
        Assembler asm = uefi.code;
        asm.function(
                CONVERT,
                () -> {
                    Label empty = new Label();
                    asm.lea(R11, Memory.at(R13, Workspace.MEMORY_MAP));
                    convert(asm);
                    asm.cmp(RDI, R11);
                    asm.jcc(Condition.EQUAL, empty);
                    sort(asm);
                    merge(asm);
                    asm.bind(empty);
                    tell(asm);
                });
        uefi.text.data(
                TYPES,
                () -> {
                    for (int type : CONVERTED) {
                        uefi.text.emit8(type);
                    }
                });
    }

    /** Entry by entry; one is shorter than a descriptor. rdi = the end of the entries, from r11. */
    private static void convert(Assembler asm) {
        Label end = new Label();
        Label known = new Label();
        asm.mov(RSI, R11);
        asm.mov(RDI, R11);
        asm.lea(R8, Memory.at(R11, R14, 1, -Uefi.DESCRIPTOR_SIZE));
        asm.lea(R10, Memory.relative(TYPES));
        Label next = asm.here();
        asm.cmp(RSI, R8);
        asm.jcc(Condition.ABOVE, end);
        asm.mov(EAX, Memory.at(RSI, Uefi.DESCRIPTOR_TYPE));
        asm.mov(RCX, Memory.at(RSI, Uefi.DESCRIPTOR_START));
        asm.mov(RDX, Memory.at(RSI, Uefi.DESCRIPTOR_PAGES));
        asm.add(RSI, R15);
        asm.shl(RDX, PAGE_SHIFT);
        asm.jcc(Condition.ZERO, next);
        asm.cmp(EAX, CONVERTED.length);
        asm.jcc(Condition.BELOW, known);
        asm.xor(EAX, EAX);
        asm.bind(known);
        asm.mov(AL, Memory.at(R10, RAX, 1, 0));
        asm.mov(Memory.at(RDI, ADDRESS), RCX);
        asm.mov(Memory.at(RDI, LENGTH), RDX);
        asm.mov(Memory.at(RDI, TYPE), RAX);
        asm.add(RDI, ENTRY);
        asm.jmp(next);
        asm.bind(end);
    }

    /** By insertion: what firmware tells is nearly in order already. */
    private static void sort(Assembler asm) {
        Label sorted = new Label();
        asm.lea(RSI, Memory.at(R11, ENTRY));
        Label next = asm.here();
        Label place = new Label();
        asm.cmp(RSI, RDI);
        asm.jcc(Condition.ABOVE_OR_EQUAL, sorted);
        asm.mov(RAX, Memory.at(RSI, ADDRESS));
        asm.mov(RCX, Memory.at(RSI, LENGTH));
        asm.mov(RDX, Memory.at(RSI, TYPE));
        asm.mov(R8, RSI);
        Label before = asm.here();
        asm.cmp(R8, R11);
        asm.jcc(Condition.EQUAL, place);
        asm.mov(R9, Memory.at(R8, ADDRESS - ENTRY));
        asm.cmp(R9, RAX);
        asm.jcc(Condition.BELOW_OR_EQUAL, place);
        asm.mov(Memory.at(R8, ADDRESS), R9);
        asm.mov(R9, Memory.at(R8, LENGTH - ENTRY));
        asm.mov(Memory.at(R8, LENGTH), R9);
        asm.mov(R9, Memory.at(R8, TYPE - ENTRY));
        asm.mov(Memory.at(R8, TYPE), R9);
        asm.sub(R8, ENTRY);
        asm.jmp(before);
        asm.bind(place);
        asm.mov(Memory.at(R8, ADDRESS), RAX);
        asm.mov(Memory.at(R8, LENGTH), RCX);
        asm.mov(Memory.at(R8, TYPE), RDX);
        asm.add(RSI, ENTRY);
        asm.jmp(next);
        asm.bind(sorted);
    }

    /** rdi = the end of what is left. */
    private static void merge(Assembler asm) {
        Label merged = new Label();
        asm.mov(R8, RDI);
        asm.lea(RDI, Memory.at(R11, ENTRY));
        asm.mov(RSI, RDI);
        Label next = asm.here();
        Label apart = new Label();
        asm.cmp(RSI, R8);
        asm.jcc(Condition.ABOVE_OR_EQUAL, merged);
        asm.mov(RAX, Memory.at(RSI, ADDRESS));
        asm.mov(RCX, Memory.at(RSI, LENGTH));
        asm.mov(RDX, Memory.at(RSI, TYPE));
        asm.add(RSI, ENTRY);
        asm.mov(R9, Memory.at(RDI, TYPE - ENTRY));
        asm.cmp(R9, RDX);
        asm.jcc(Condition.NOT_EQUAL, apart);
        asm.mov(R9, Memory.at(RDI, ADDRESS - ENTRY));
        asm.mov(R10, Memory.at(RDI, LENGTH - ENTRY));
        asm.add(R9, R10);
        asm.cmp(R9, RAX);
        asm.jcc(Condition.NOT_EQUAL, apart);
        asm.add(R10, RCX);
        asm.mov(Memory.at(RDI, LENGTH - ENTRY), R10);
        asm.jmp(next);
        asm.bind(apart);
        asm.mov(Memory.at(RDI, ADDRESS), RAX);
        asm.mov(Memory.at(RDI, LENGTH), RCX);
        asm.mov(Memory.at(RDI, TYPE), RDX);
        asm.add(RDI, ENTRY);
        asm.jmp(next);
        asm.bind(merged);
    }

    private static void tell(Assembler asm) {
        asm.mov(Memory.at(R13, Workspace.START_INFO + PvhStartInfo.MEMORY_MAP), R11);
        asm.sub(RDI, R11);
        asm.mov(RAX, RDI);
        asm.mov(RDX, 0);
        asm.mov(RCX, ENTRY);
        asm.div(RCX);
        asm.mov(Memory.at(R13, Workspace.START_INFO + PvhStartInfo.MEMORY_MAP_COUNT), EAX);
        asm.ret();
    }
}
