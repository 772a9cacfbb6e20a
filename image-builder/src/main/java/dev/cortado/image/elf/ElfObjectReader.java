package dev.cortado.image.elf;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a relocatable ELF object (ET_REL) for x86-64, as native-image writes it.
 *
 * <p>Sections that take no memory in an image (symbols, debug information) are left out. Sections
 * that are alike in use are told apart by type and flags; the image heap goes by its name.
 */
public final class ElfObjectReader {
    /** The section in which native-image puts the image heap. */
    public static final String HEAP_SECTION = ".svm_heap";

    private static final Set<Integer> LINKING_TABLES =
            Set.of(Elf.SHT_NULL, Elf.SHT_SYMTAB, Elf.SHT_STRTAB, Elf.SHT_RELA, Elf.SHT_REL);

    private static final int LARGEST_ALIGNMENT = 1 << 30;

    /**
     * Reads {@code file}.
     *
     * @throws UserError if it cannot be read, is damaged, or uses what an image cannot hold
     */
    public RelocatableObject read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new UserError(file + " is larger than 2 GiB: too large for an object file");
            }
            return read(file.toString(), channel.map(MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw new UserError("cannot read the object file " + file + ": " + e, e);
        }
    }

    /** Reads an object from memory; {@code name} stands for it in errors. */
    public RelocatableObject read(String name, ByteBuffer contents) {
        ElfBytes bytes = new ElfBytes(name, contents);
        ElfHeader header = ElfHeader.read(bytes);
        if (header.type() != Elf.ET_REL) {
            throw new UserError(
                    name + " is not a relocatable object file (e_type " + header.type() + ")");
        }
        return new Reading(bytes, header.sections(bytes)).object();
    }

    /** The state of reading one object. */
    private static final class Reading {
        private final ElfBytes bytes;
        private final List<ElfSection> headers;
        private final Map<Integer, Section> sections = new HashMap<>();
        private final List<Section> ordered = new ArrayList<>();
        private final Map<String, Symbol> symbols = new HashMap<>();
        private final List<Symbol> orderedSymbols = new ArrayList<>();

        Reading(ElfBytes bytes, List<ElfSection> headers) {
            this.bytes = bytes;
            this.headers = headers;
        }

        RelocatableObject object() {
            headers.forEach(this::readSection);
            String[] names = new String[0];
            ElfSection table = null;
            for (ElfSection header : headers) {
                if (header.type() == Elf.SHT_SYMTAB) {
                    if (table != null) {
                        throw bytes.damaged("it has two symbol tables");
                    }
                    table = header;
                    names = readSymbols(header);
                }
            }
            List<Relocation> relocations = new ArrayList<>();
            for (ElfSection header : headers) {
                if (header.type() == Elf.SHT_REL && sections.containsKey(header.info())) {
                    throw unusable("%s has relocations without addends", header.describe());
                }
                if (header.type() == Elf.SHT_RELA && sections.containsKey(header.info())) {
                    if (table == null || header.link() != table.index()) {
                        throw bytes.damaged(
                                "%s does not refer to the symbol table", header.describe());
                    }
                    readRelocations(header, names, relocations);
                }
            }
            return new RelocatableObject(bytes.file(), ordered, orderedSymbols, relocations);
        }

        private void readSection(ElfSection header) {
            Section.Kind kind = kindOf(header);
            if (kind == null) {
                return;
            }
            long alignment = Math.max(1, header.alignment());
            if (Long.bitCount(alignment) != 1 || alignment > LARGEST_ALIGNMENT) {
                throw bytes.damaged("%s is aligned to %d", header.describe(), header.alignment());
            }
            if (header.size() < 0) {
                throw bytes.damaged(
                        "%s has %s bytes", header.describe(), Long.toUnsignedString(header.size()));
            }
            byte[] contents =
                    kind == Section.Kind.BSS
                            ? new byte[0]
                            : bytes.copy(header.offset(), header.size(), header.describe());
            Section section =
                    new Section(header.name(), kind, (int) alignment, contents, header.size());
            for (Section other : ordered) {
                if (other.name().equals(section.name())) {
                    throw unusable("it has two sections named %s", section.name());
                }
            }
            sections.put(header.index(), section);
            ordered.add(section);
        }

        private Section.Kind kindOf(ElfSection header) {
            if (header.type() == Elf.SHT_NOTE) {
                return Section.Kind.NOTE;
            }
            // native-image marks its symbol table as if it took memory.
            if (!header.has(Elf.SHF_ALLOC) || LINKING_TABLES.contains(header.type())) {
                return null;
            }
            if (header.has(Elf.SHF_TLS)) {
                throw unusable(
                        "%s holds thread-local variables, which images do not have",
                        header.describe());
            }
            if (header.type() == Elf.SHT_NOBITS) {
                return Section.Kind.BSS;
            }
            if (header.type() != Elf.SHT_PROGBITS) {
                throw unusable("%s has type %d", header.describe(), header.type());
            }
            if (header.name().equals(HEAP_SECTION)) {
                return Section.Kind.HEAP;
            }
            if (header.has(Elf.SHF_EXECINSTR)) {
                if (header.has(Elf.SHF_WRITE)) {
                    throw unusable("%s is both writable and executable", header.describe());
                }
                return Section.Kind.TEXT;
            }
            return header.has(Elf.SHF_WRITE) ? Section.Kind.DATA : Section.Kind.RODATA;
        }

        /** Returns each symbol's name by its index; null where a relocation cannot refer to it. */
        private String[] readSymbols(ElfSection header) {
            requireWholeEntries(header, Elf.SYMBOL_SIZE);
            if (header.link() < 0 || header.link() >= headers.size()) {
                throw bytes.damaged(
                        "%s has its strings in section %d of %d",
                        header.describe(), header.link(), headers.size());
            }
            ElfSection strings = headers.get(header.link());
            ByteBuffer stringTable =
                    bytes.slice(strings.offset(), strings.size(), strings.describe());
            String[] names = new String[(int) (header.size() / Elf.SYMBOL_SIZE)];
            for (int index = 1; index < names.length; index++) {
                Symbol symbol =
                        readSymbol(
                                header.offset() + (long) index * Elf.SYMBOL_SIZE,
                                stringTable,
                                "symbol " + index);
                if (symbol == null) {
                    continue;
                }
                Symbol other = symbols.put(symbol.name(), symbol);
                if (other == null) {
                    orderedSymbols.add(symbol);
                } else if (!other.equals(symbol)) {
                    throw unusable("it has two symbols named %s", symbol.name());
                }
                names[index] = symbol.name();
            }
            return names;
        }

        private Symbol readSymbol(long at, ByteBuffer strings, String what) {
            int info = bytes.unsignedByte(at + 4, what);
            int type = info & 0xf;
            boolean global = info >>> 4 != Elf.STB_LOCAL;
            int sectionIndex = bytes.unsignedShort(at + 6, what);
            String name = bytes.string(strings, bytes.unsignedInt(at, what), what);
            boolean function = type == Elf.STT_FUNC;
            if (type == Elf.STT_FILE) {
                return null;
            }
            if (sectionIndex == Elf.SHN_UNDEF) {
                return new Symbol(name, null, 0, 0, global, function);
            }
            if (sectionIndex < Elf.SHN_LORESERVE && sectionIndex >= headers.size()) {
                throw bytes.damaged(
                        "%s (%s) is in section %d of %d", what, name, sectionIndex, headers.size());
            }
            Section section = sections.get(sectionIndex);
            if (section == null) {
                return null;
            }
            long offset = bytes.int64(at + 8, what);
            long size = bytes.int64(at + 16, what);
            if (offset < 0 || offset > section.size()) {
                throw bytes.damaged("symbol %s is outside its section %s", name, section.name());
            }
            // native-image gives a marker at a section's end the size of a pointer.
            boolean fits = size >= 0 && size <= section.size() - offset;
            return new Symbol(
                    type == Elf.STT_SECTION ? section.name() : name,
                    section.name(),
                    offset,
                    fits ? size : 0,
                    global,
                    function);
        }

        private void readRelocations(ElfSection header, String[] names, List<Relocation> into) {
            requireWholeEntries(header, Elf.RELA_SIZE);
            Section section = sections.get(header.info());
            for (long at = header.offset();
                    at < header.offset() + header.size();
                    at += Elf.RELA_SIZE) {
                String what = "a relocation of " + section.name();
                long offset = bytes.int64(at, what);
                long symbol = bytes.unsignedInt(at + 12, what);
                int elfType = bytes.int32(at + 8, what);
                RelocationType type =
                        RelocationType.ofElfType(elfType)
                                .orElseThrow(() ->
                                        unusable(
                                                "%s has a relocation of type %d at offset %d",
                                                section.name(), elfType, offset));
                if (offset < 0 || offset > section.size() - type.width()) {
                    throw bytes.damaged(
                            "%s has a relocation at offset %s, outside its %d bytes",
                            section.name(), Long.toUnsignedString(offset), section.size());
                }
                if (symbol >= names.length || names[(int) symbol] == null) {
                    throw bytes.damaged(
                            "the relocation at offset %d of %s refers to symbol %d, which "
                                    + "is not one of the image's",
                            offset, section.name(), symbol);
                }
                into.add(
                        new Relocation(
                                section.name(),
                                offset,
                                type,
                                names[(int) symbol],
                                bytes.int64(at + 16, what)));
            }
        }

        private void requireWholeEntries(ElfSection header, int entrySize) {
            bytes.slice(header.offset(), header.size(), header.describe());
            if (header.size() % entrySize != 0) {
                throw bytes.damaged(
                        "%s has %d bytes, not a multiple of %d",
                        header.describe(), header.size(), entrySize);
            }
        }

        private UserError unusable(String format, Object... arguments) {
            return new UserError(
                    bytes.file() + " cannot be linked: " + String.format(format, arguments));
        }
    }
}
