package dev.cortado.image.elf;

import dev.cortado.image.UserError;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The ELF header (gABI, "ELF Header") of a little-endian x86-64 file, and the tables it points to.
 *
 * @param type ET_xxx
 * @param entry e_entry
 */
public record ElfHeader(
        int type,
        long entry,
        long programHeaderOffset,
        int programHeaderCount,
        long sectionHeaderOffset,
        int sectionHeaderCount,
        int sectionNamesIndex) {

    /**
     * Reads and checks the header.
     *
     * @throws UserError if this is no ELF file for x86-64, or the tables' entries have odd sizes
     */
    public static ElfHeader read(ElfBytes bytes) {
        if (bytes.size() < Elf.HEADER_SIZE || bytes.int32(0, "the magic number") != Elf.MAGIC) {
            throw new UserError(
                    bytes.file() + " is not an ELF file: its first bytes are not 7f 45 4c 46");
        }
        int elfClass = bytes.unsignedByte(4, "EI_CLASS");
        int encoding = bytes.unsignedByte(5, "EI_DATA");
        int machine = bytes.unsignedShort(18, "e_machine");
        if (elfClass != Elf.ELFCLASS64 || encoding != Elf.ELFDATA2LSB || machine != Elf.EM_X86_64) {
            throw new UserError(
                    "%s is not a 64-bit x86 ELF file (class %d, data %d, machine %d)"
                            .formatted(bytes.file(), elfClass, encoding, machine));
        }
        ElfHeader header =
                new ElfHeader(
                        bytes.unsignedShort(16, "e_type"),
                        bytes.int64(24, "e_entry"),
                        bytes.int64(32, "e_phoff"),
                        bytes.unsignedShort(56, "e_phnum"),
                        bytes.int64(40, "e_shoff"),
                        bytes.unsignedShort(60, "e_shnum"),
                        bytes.unsignedShort(62, "e_shstrndx"));
        requireEntrySize(bytes, 54, header.programHeaderCount, Elf.PROGRAM_HEADER_SIZE, "program");
        requireEntrySize(bytes, 58, header.sectionHeaderCount, Elf.SECTION_HEADER_SIZE, "section");
        return header;
    }

    /** Writes the header at the buffer's position. */
    public void write(ByteBuffer out) {
        out.putInt(Elf.MAGIC).put((byte) Elf.ELFCLASS64).put((byte) Elf.ELFDATA2LSB);
        out.put((byte) Elf.EV_CURRENT).put(new byte[9]);
        out.putShort((short) type).putShort((short) Elf.EM_X86_64).putInt(Elf.EV_CURRENT);
        out.putLong(entry).putLong(programHeaderOffset).putLong(sectionHeaderOffset);
        out.putInt(0).putShort((short) Elf.HEADER_SIZE);
        out.putShort((short) Elf.PROGRAM_HEADER_SIZE).putShort((short) programHeaderCount);
        out.putShort((short) Elf.SECTION_HEADER_SIZE).putShort((short) sectionHeaderCount);
        out.putShort((short) sectionNamesIndex);
    }

    private static void requireEntrySize(
            ElfBytes bytes, int offset, int count, int expected, String table) {
        int size = bytes.unsignedShort(offset, "the size of a " + table + " header");
        if (count != 0 && size != expected) {
            throw bytes.damaged("a %s header has %d bytes instead of %d", table, size, expected);
        }
    }

    /** The section headers, the null section at index 0 included. */
    public List<ElfSection> sections(ElfBytes bytes) {
        if (sectionHeaderCount == 0) {
            return List.of();
        }
        bytes.slice(
                sectionHeaderOffset,
                (long) sectionHeaderCount * Elf.SECTION_HEADER_SIZE,
                "the section header table");
        if (sectionNamesIndex >= sectionHeaderCount) {
            throw bytes.damaged(
                    "its section names are in section %d of %d",
                    sectionNamesIndex, sectionHeaderCount);
        }
        ByteBuffer names = sectionNames(bytes);
        List<ElfSection> sections = new ArrayList<>(sectionHeaderCount);
        for (int index = 0; index < sectionHeaderCount; index++) {
            sections.add(section(bytes, names, index));
        }
        return sections;
    }

    private ByteBuffer sectionNames(ElfBytes bytes) {
        long at = sectionHeaderOffset + (long) sectionNamesIndex * Elf.SECTION_HEADER_SIZE;
        String what = "the table of section names";
        return bytes.slice(bytes.int64(at + 24, what), bytes.int64(at + 32, what), what);
    }

    private ElfSection section(ElfBytes bytes, ByteBuffer names, int index) {
        long at = sectionHeaderOffset + (long) index * Elf.SECTION_HEADER_SIZE;
        String what = "section header " + index;
        return new ElfSection(
                index,
                bytes.string(names, bytes.unsignedInt(at, what), what),
                bytes.int32(at + 4, what),
                bytes.int64(at + 8, what),
                bytes.int64(at + 16, what),
                bytes.int64(at + 24, what),
                bytes.int64(at + 32, what),
                bytes.int32(at + 40, what),
                bytes.int32(at + 44, what),
                bytes.int64(at + 48, what));
    }

    /** The program headers in the file's order. */
    public List<ElfProgramHeader> programHeaders(ElfBytes bytes) {
        bytes.slice(
                programHeaderOffset,
                (long) programHeaderCount * Elf.PROGRAM_HEADER_SIZE,
                "the program header table");
        List<ElfProgramHeader> headers = new ArrayList<>(programHeaderCount);
        for (int index = 0; index < programHeaderCount; index++) {
            long at = programHeaderOffset + (long) index * Elf.PROGRAM_HEADER_SIZE;
            headers.add(ElfProgramHeader.read(bytes, at, "program header " + index));
        }
        return headers;
    }
}
