package dev.cortado.image.elf;

import dev.cortado.boot.object.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads those sections of an object that take memory in an image, and those for debuggers. */
final class ObjectSections {
    private static final Set<Integer> LINKING_TABLES =
            Set.of(Elf.SHT_NULL, Elf.SHT_SYMTAB, Elf.SHT_STRTAB, Elf.SHT_RELA, Elf.SHT_REL);

    /** Names of the sections that DWARF defines begin so (DWARF 5, 7.1). */
    private static final String DEBUG_PREFIX = ".debug_";

    private static final int LARGEST_ALIGNMENT = 1 << 30;

    private final ElfBytes bytes;

    ObjectSections(ElfBytes bytes) {
        this.bytes = bytes;
    }

    /** The sections by their index, in the file's order. */
    Map<Integer, Section> read(List<ElfSection> headers) {
        Map<Integer, Section> sections = new LinkedHashMap<>();
        Map<String, Section> byName = new LinkedHashMap<>();
        for (ElfSection header : headers) {
            Section.Kind kind = kindOf(header);
            if (kind != null) {
                Section section = read(header, kind);
                sections.put(header.index(), section);
                if (byName.put(section.name(), section) != null) {
                    throw bytes.unusable("it has two sections named %s", section.name());
                }
            }
        }
        return sections;
    }

    private Section read(ElfSection header, Section.Kind kind) {
        long alignment = Math.max(1, header.alignment());
        if (Long.bitCount(alignment) != 1 || alignment > LARGEST_ALIGNMENT) {
            throw bytes.damaged("%s is aligned to %d", header.describe(), header.alignment());
        }
        if (header.size() < 0) {
            String size = Long.toUnsignedString(header.size());
            throw bytes.damaged("%s has %s bytes", header.describe(), size);
        }
        byte[] contents =
                kind == Section.Kind.BSS
                        ? new byte[0]
                        : bytes.copy(header.offset(), header.size(), header.describe());
        return new Section(header.name(), kind, (int) alignment, contents, header.size());
    }

    /** What the section holds, told by its type and flags; null if it is not for the image. */
    private Section.Kind kindOf(ElfSection header) {
        if (header.type() == Elf.SHT_NOTE) {
            return Section.Kind.NOTE;
        }
        if (header.type() == Elf.SHT_PROGBITS && header.name().startsWith(DEBUG_PREFIX)) {
            return Section.Kind.DEBUG;
        }
        // native-image marks its symbol table as if it took memory.
        if (!header.has(Elf.SHF_ALLOC) || LINKING_TABLES.contains(header.type())) {
            return null;
        }
        if (header.has(Elf.SHF_TLS)) {
            throw bytes.unusable(
                    "%s holds thread-local variables, which images do not have", header.describe());
        }
        if (header.type() == Elf.SHT_NOBITS) {
            return Section.Kind.BSS;
        }
        if (header.type() != Elf.SHT_PROGBITS) {
            throw bytes.unusable("%s has type %d", header.describe(), header.type());
        }
        if (header.name().equals(ElfObjectReader.HEAP_SECTION)) {
            return Section.Kind.HEAP;
        }
        if (header.has(Elf.SHF_EXECINSTR)) {
            if (header.has(Elf.SHF_WRITE)) {
                throw bytes.unusable("%s is both writable and executable", header.describe());
            }
            return Section.Kind.TEXT;
        }
        return header.has(Elf.SHF_WRITE) ? Section.Kind.DATA : Section.Kind.RODATA;
    }
}
