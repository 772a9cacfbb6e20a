package dev.cortado.image.elf;

import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols of an object: all that other sections of the image can refer to.
 *
 * @param symbols in the file's order
 * @param names by index; null where the symbol is in no section of the image
 */
record ObjectSymbols(List<Symbol> symbols, String[] names) {

    static ObjectSymbols none() {
        return new ObjectSymbols(List.of(), new String[0]);
    }

    static ObjectSymbols read(
            ElfBytes bytes,
            ElfSection table,
            List<ElfSection> headers,
            Map<Integer, Section> sections) {
        table.requireWholeEntries(bytes, Elf.SYMBOL_SIZE);
        if (table.link() < 0 || table.link() >= headers.size()) {
            throw bytes.damaged(
                    "%s has its strings in section %d of %d",
                    table.describe(), table.link(), headers.size());
        }
        ElfSection stringsHeader = headers.get(table.link());
        ByteBuffer strings =
                bytes.slice(stringsHeader.offset(), stringsHeader.size(), stringsHeader.describe());
        Map<String, Symbol> symbols = new LinkedHashMap<>();
        String[] names = new String[(int) (table.size() / Elf.SYMBOL_SIZE)];
        for (int index = 1; index < names.length; index++) {
            long at = table.offset() + (long) index * Elf.SYMBOL_SIZE;
            Symbol symbol = read(bytes, at, strings, headers.size(), sections);
            if (symbol != null) {
                Symbol other = symbols.put(symbol.name(), symbol);
                if (other != null && !other.equals(symbol)) {
                    throw bytes.unusable("it has two symbols named %s", symbol.name());
                }
                names[index] = symbol.name();
            }
        }
        return new ObjectSymbols(List.copyOf(symbols.values()), names);
    }

    private static Symbol read(
            ElfBytes bytes,
            long at,
            ByteBuffer strings,
            int sectionCount,
            Map<Integer, Section> sections) {
        String what = "a symbol";
        String name = bytes.string(strings, bytes.unsignedInt(at, what), what);
        int info = bytes.unsignedByte(at + 4, what);
        int type = info & 0xf;
        boolean global = info >>> 4 != Elf.STB_LOCAL;
        boolean function = type == Elf.STT_FUNC;
        int sectionIndex = bytes.unsignedShort(at + 6, what);
        if (type == Elf.STT_FILE) {
            return null;
        }
        if (sectionIndex == Elf.SHN_UNDEF) {
            return new Symbol(name, null, 0, 0, global, function);
        }
        if (sectionIndex < Elf.SHN_LORESERVE && sectionIndex >= sectionCount) {
            throw bytes.damaged(
                    "symbol %s is in section %d of %d", name, sectionIndex, sectionCount);
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
}
