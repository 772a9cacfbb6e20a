package dev.cortado.image.elf;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Section;
import dev.cortado.image.UserError;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a relocatable ELF object (ET_REL) for x86-64, as native-image writes it.
 *
 * <p>Sections that take no memory in an image are left out, but for debug information. Sections
 * that are alike in use are told apart by type and flags; the image heap and debug information go
 * by their names.
 */
public final class ElfObjectReader {
    /** The section in which native-image puts the image heap. */
    public static final String HEAP_SECTION = ".svm_heap";

    /**
     * Reads {@code file}.
     *
     * @throws UserError if it cannot be read, is damaged, or uses what an image cannot hold
     */
    public RelocatableObject read(Path file) {
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new UserError(file + " is larger than 2 GiB: too large for an object file");
            }
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            return read(file.toString(), mapped.asByteBuffer());
        } catch (IOException e) {
            throw new UserError("cannot read the object file " + file + " (" + e + ")", e);
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
        List<ElfSection> headers = header.sections(bytes);
        Map<Integer, Section> sections = new ObjectSections(bytes).read(headers);
        ElfSection symbolTable = symbolTable(bytes, headers);
        ObjectSymbols symbols =
                symbolTable == null
                        ? ObjectSymbols.none()
                        : ObjectSymbols.read(bytes, symbolTable, headers, sections);
        List<Relocation> relocations = new ArrayList<>();
        for (ElfSection table : headers) {
            Section section = sections.get(table.info());
            if (section != null && table.type() == Elf.SHT_REL) {
                throw bytes.unusable("%s has relocations without addends", table.describe());
            }
            if (section != null && table.type() == Elf.SHT_RELA) {
                if (section.kind() == Section.Kind.BSS) {
                    throw bytes.damaged("%s changes a section without bytes", table.describe());
                }
                if (symbolTable == null || table.link() != symbolTable.index()) {
                    throw bytes.damaged("%s has no symbol table", table.describe());
                }
                new ObjectRelocations(bytes, section, symbols).read(table, relocations);
            }
        }
        return new RelocatableObject(
                name, List.copyOf(sections.values()), symbols.symbols(), relocations);
    }

    private static ElfSection symbolTable(ElfBytes bytes, List<ElfSection> headers) {
        List<ElfSection> tables =
                headers.stream().filter(each -> each.type() == Elf.SHT_SYMTAB).toList();
        if (tables.size() > 1) {
            throw bytes.damaged("it has %d symbol tables", tables.size());
        }
        return tables.isEmpty() ? null : tables.getFirst();
    }
}
