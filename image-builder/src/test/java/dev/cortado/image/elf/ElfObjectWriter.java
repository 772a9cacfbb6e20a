package dev.cortado.image.elf;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes relocatable ELF objects for tests of the reader. */
final class ElfObjectWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ElfSectionTable table = new ElfSectionTable();
    private final Map<String, Integer> sectionIndexes = new HashMap<>();
    private final Map<String, Integer> symbolIndexes = new HashMap<>();

    static byte[] write(RelocatableObject object) {
        return new ElfObjectWriter().toBytes(object);
    }

    private byte[] toBytes(RelocatableObject object) {
        out.writeBytes(new byte[Elf.HEADER_SIZE]);
        for (Section section : object.sections()) {
            int offset = put(section.contents());
            int index =
                    table.add(
                            section.name(),
                            type(section),
                            flags(section),
                            0,
                            offset,
                            section.size(),
                            0,
                            0,
                            section.alignment());
            sectionIndexes.put(section.name(), index);
        }
        int symtab = writeSymbols(object);
        for (Section section : object.sections()) {
            writeRelocations(object, section, symtab);
        }
        put(new byte[0]);
        int sectionsOffset = out.size();
        int headersOffset = sectionsOffset + table.headersOffset();
        int count = table.count();
        out.writeBytes(table.toBytes(sectionsOffset));
        ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        new ElfHeader(Elf.ET_REL, 0, 0, 0, headersOffset, count, count - 1).write(file);
        return file.array();
    }

    private int put(byte[] bytes) {
        out.writeBytes(new byte[-out.size() & 7]);
        int offset = out.size();
        out.writeBytes(bytes);
        return offset;
    }

    private int writeSymbols(RelocatableObject object) {
        List<Symbol> symbols = new ArrayList<>(object.symbols());
        symbols.sort(Comparator.comparing(Symbol::global));
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        ByteBuffer bytes = buffer((symbols.size() + 1) * Elf.SYMBOL_SIZE);
        bytes.position(Elf.SYMBOL_SIZE);
        int index = 1;
        for (Symbol symbol : symbols) {
            symbolIndexes.put(symbol.name(), index++);
            int type = symbol.function() ? Elf.STT_FUNC : Elf.STT_OBJECT;
            int binding = symbol.global() ? Elf.STB_GLOBAL : Elf.STB_LOCAL;
            int section = symbol.isDefined() ? sectionIndexes.get(symbol.section()) : 0;
            bytes.putInt(names.size()).put((byte) (binding << 4 | type)).put((byte) 0);
            bytes.putShort((short) section).putLong(symbol.offset()).putLong(symbol.size());
            names.writeBytes((symbol.name() + '\0').getBytes(StandardCharsets.UTF_8));
        }
        int locals = (int) symbols.stream().filter(symbol -> !symbol.global()).count();
        int strings =
                table.add(
                        ".strtab",
                        Elf.SHT_STRTAB,
                        0,
                        0,
                        put(names.toByteArray()),
                        names.size(),
                        0,
                        0,
                        1);
        int offset = put(bytes.array());
        int size = bytes.capacity();
        return table.add(".symtab", Elf.SHT_SYMTAB, 0, 0, offset, size, strings, locals + 1, 8);
    }

    private void writeRelocations(RelocatableObject object, Section section, int symtab) {
        List<Relocation> relocations =
                object.relocations().stream()
                        .filter(relocation -> relocation.section().equals(section.name()))
                        .toList();
        if (relocations.isEmpty()) {
            return;
        }
        ByteBuffer bytes = buffer(relocations.size() * Elf.RELA_SIZE);
        for (Relocation relocation : relocations) {
            bytes.putLong(relocation.offset()).putInt(relocation.type().elfType());
            bytes.putInt(symbolIndexes.get(relocation.target())).putLong(relocation.addend());
        }
        table.add(
                ".rela" + section.name(),
                Elf.SHT_RELA,
                0,
                0,
                put(bytes.array()),
                bytes.capacity(),
                symtab,
                sectionIndexes.get(section.name()),
                8);
    }

    private static int type(Section section) {
        return switch (section.kind()) {
            case BSS -> Elf.SHT_NOBITS;
            case NOTE -> Elf.SHT_NOTE;
            default -> Elf.SHT_PROGBITS;
        };
    }

    private static long flags(Section section) {
        return switch (section.kind()) {
            case TEXT -> Elf.SHF_ALLOC | Elf.SHF_EXECINSTR;
            case DATA, BSS, HEAP -> Elf.SHF_ALLOC | Elf.SHF_WRITE;
            case RODATA, NOTE -> Elf.SHF_ALLOC;
            case DEBUG -> 0;
        };
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
