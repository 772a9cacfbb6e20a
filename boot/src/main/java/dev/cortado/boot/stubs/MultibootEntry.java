package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.EBP;
import static dev.cortado.boot.x86.Register.EBX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.EDX;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.PvhStartInfo;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Width;

/**
 * Where GRUB and its like start an image: Multiboot2 Specification, version 2.0. What the loader
 * tells becomes a {@link PvhStartInfo}, and the rest is the PVH entry's.
 *
 * <p>State at the entry (3.3): as at the PVH entry, but for eax = {@link #LOADER_MAGIC} and ebx =
 * physical address of the boot information.
 */
final class MultibootEntry {
    private static final String ENTRY = "cortado_multiboot_entry";
    private static final String INFO = "cortado_multiboot_start_info";
    private static final String CALLED_WRONGLY = "cortado_message_no_multiboot";

    /**
     * The header is in a note, which are near the file's begin, as it has to be; with this name for
     * an owner, it is at a multiple of 8, as notes begin at one and others are 24 bytes long.
     */
    private static final String NOTE_OWNER = "Multiboot2";

    private static final int NOTE_TYPE = 1;

    // The header (3.1.1) and its tags (3.1.4, 3.1.7).

    private static final int HEADER_MAGIC = 0xE852_50D6;
    private static final int PROTECTED_MODE = 0;
    private static final int ENTRY_TAG = 3;
    private static final int ENTRY_TAG_SIZE = 12;
    private static final int END_TAG_SIZE = 8;
    private static final int HEADER_SIZE = 16 + ENTRY_TAG_SIZE + 4 + END_TAG_SIZE;

    /** In eax. */
    private static final int LOADER_MAGIC = 0x36D7_6289;

    // The boot information (3.6): its size, 4 reserved bytes, and tags with a type, a size and
    // contents, each at a multiple of 8.

    private static final int FIRST_TAG = 8;
    private static final int TAG_TYPE = 0;
    private static final int TAG_SIZE = 4;
    private static final int TAG_CONTENTS = 8;
    private static final int TAG_ALIGNMENT = 8;

    private static final int COMMAND_LINE = 1;
    private static final int MEMORY_MAP = 6;
    private static final int ACPI_OLD = 14;
    private static final int ACPI_NEW = 15;

    /** In the memory map's tag: bytes of an entry, then the entries, laid out as PVH's are. */
    private static final int MAP_ENTRY_SIZE = 8;

    private static final int MAP_ENTRIES = 16;

    private MultibootEntry() {}

    static void append(StubSections sections) {
        sections.notes.data("cortado_multiboot_header", () -> note(sections.notes));
        BootFailure.message(
                sections, CALLED_WRONGLY, "no Multiboot2 information: wrong magic number");
        sections.bss.align(Long.BYTES, 0);
        sections.bss.data(INFO, () -> sections.bss.skip(PvhStartInfo.SIZE_VERSION_1));
        sections.code32.function(ENTRY, () -> entry(sections.code32));
    }

    private static void note(SectionBuilder notes) {
        notes.emit32(NOTE_OWNER.length() + 1);
        notes.emit32(HEADER_SIZE);
        notes.emit32(NOTE_TYPE);
        notes.emitText(NOTE_OWNER);
        notes.align(Integer.BYTES, 0);
        notes.emit32(HEADER_MAGIC);
        notes.emit32(PROTECTED_MODE);
        notes.emit32(HEADER_SIZE);
        notes.emit32(-(HEADER_MAGIC + PROTECTED_MODE + HEADER_SIZE));
        notes.emit32(ENTRY_TAG);
        notes.emit32(ENTRY_TAG_SIZE);
        notes.emitRelocated(RelocationType.ABSOLUTE_32, ENTRY, 0);
        notes.emit32(0);
        notes.emit32(0);
        notes.emit32(END_TAG_SIZE);
    }

    private static void entry(Assembler asm) {
        Label called = new Label();
        Label next = new Label();
        Label skip = new Label();
        Label end = new Label();
        asm.cli();
        asm.cld();
        asm.cmp(EAX, Integer.toUnsignedLong(LOADER_MAGIC));
        asm.jcc(Condition.EQUAL, called);
        asm.movAddress(ESI, CALLED_WRONGLY, 0);
        asm.jmp(BootFailure.FAIL);

        asm.bind(called);
        asm.movAddress(EDI, INFO, 0);
        asm.mov(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.MAGIC), PvhStartInfo.MAGIC_VALUE);
        asm.mov(Width.DOUBLEWORD, Memory.at(EDI, PvhStartInfo.VERSION), 1);
        // ebp = the last place where a tag can be.
        asm.mov(EBP, Memory.at(EBX));
        asm.lea(EBP, Memory.at(EBP, EBX, 1, -TAG_CONTENTS));
        asm.lea(ESI, Memory.at(EBX, FIRST_TAG));
        asm.bind(next);
        asm.cmp(ESI, EBP);
        asm.jcc(Condition.ABOVE, end);
        asm.mov(EAX, Memory.at(ESI, TAG_TYPE));
        asm.mov(ECX, Memory.at(ESI, TAG_SIZE));
        asm.cmp(ECX, TAG_CONTENTS);
        asm.jcc(Condition.BELOW, end);
        asm.lea(EDX, Memory.at(ESI, TAG_CONTENTS));
        address(asm, COMMAND_LINE, PvhStartInfo.COMMAND_LINE, skip);
        // Of the two kinds, the newer comes last.
        address(asm, ACPI_OLD, PvhStartInfo.RSDP, skip);
        address(asm, ACPI_NEW, PvhStartInfo.RSDP, skip);
        memory(asm, skip);
        // The last tag has type 0.
        asm.test(EAX, EAX);
        asm.jcc(Condition.ZERO, end);
        asm.bind(skip);
        asm.lea(ESI, Memory.at(ESI, ECX, 1, TAG_ALIGNMENT - 1));
        asm.and(ESI, -TAG_ALIGNMENT);
        asm.jmp(next);

        asm.bind(end);
        asm.mov(EBX, EDI);
        asm.jmp(PvhEntry.ENTRY);
    }

    /** What the start information has the address of. */
    private static void address(Assembler asm, int type, int field, Label skip) {
        Label other = new Label();
        asm.cmp(EAX, type);
        asm.jcc(Condition.NOT_EQUAL, other);
        asm.mov(Memory.at(EDI, field), EDX);
        asm.jmp(skip);
        asm.bind(other);
    }

    private static void memory(Assembler asm, Label skip) {
        Label other = new Label();
        asm.cmp(EAX, MEMORY_MAP);
        asm.jcc(Condition.NOT_EQUAL, other);
        asm.cmp(Width.DOUBLEWORD, Memory.at(ESI, MAP_ENTRY_SIZE), PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.jcc(Condition.NOT_EQUAL, skip);
        asm.lea(EAX, Memory.at(ESI, MAP_ENTRIES));
        asm.mov(Memory.at(EDI, PvhStartInfo.MEMORY_MAP), EAX);
        asm.lea(EAX, Memory.at(ECX, -MAP_ENTRIES));
        asm.xor(EDX, EDX);
        asm.mov(EBX, PvhStartInfo.MEMORY_ENTRY_SIZE);
        asm.div(EBX);
        asm.mov(Memory.at(EDI, PvhStartInfo.MEMORY_MAP_COUNT), EAX);
        asm.jmp(skip);
        asm.bind(other);
    }
}
