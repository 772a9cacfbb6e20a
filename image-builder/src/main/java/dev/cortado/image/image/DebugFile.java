package dev.cortado.image.image;

import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfSectionTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An ELF file with an image's addresses, symbols and debug information and without its contents:
 * what gdb wants to know about a guest.
 */
final class DebugFile {
    private final GuestImage image;

    DebugFile(GuestImage image) {
        this.image = image;
    }

    ByteBuffer toBytes() {
        // Local symbols come first (gABI, "Symbol Table").
        List<ImageSymbol> symbols = new ArrayList<>(image.symbols().symbols());
        symbols.sort(Comparator.comparing(ImageSymbol::global));
        int locals = (int) symbols.stream().filter(symbol -> !symbol.global()).count();

        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        ByteBuffer table =
                ByteBuffer.allocate(Math.multiplyExact(symbols.size() + 1, Elf.SYMBOL_SIZE))
                        .order(ByteOrder.LITTLE_ENDIAN);
        table.position(Elf.SYMBOL_SIZE);
        for (ImageSymbol symbol : symbols) {
            put(table, symbol, names.size());
            names.writeBytes((symbol.name() + '\0').getBytes(StandardCharsets.UTF_8));
        }

        ElfSectionTable sections = new ElfSectionTable();
        for (Segment segment : image.segments()) {
            sections.add(
                    "." + segment.name(),
                    Elf.SHT_NOBITS,
                    SectionFlags.of(segment.protection()),
                    segment.virtualAddress(),
                    Elf.HEADER_SIZE,
                    segment.memorySize(),
                    0,
                    0,
                    1);
        }
        int tableOffset = Elf.HEADER_SIZE;
        int namesOffset = tableOffset + table.capacity();
        int stringsIndex = sections.count();
        sections.add(
                ".symtab",
                Elf.SHT_SYMTAB,
                0,
                0,
                tableOffset,
                table.capacity(),
                stringsIndex,
                locals + 1,
                8);
        sections.add(".strtab", Elf.SHT_STRTAB, 0, 0, namesOffset, names.size(), 0, 0, 1);
        int debugOffset = namesOffset + names.size();
        ByteArrayOutputStream debug = new ByteArrayOutputStream();
        for (DebugSection section : image.debug()) {
            int size = section.contents().length;
            int offset = Math.addExact(debugOffset, debug.size());
            sections.add(section.name(), Elf.SHT_PROGBITS, 0, 0, offset, size, 0, 0, 1);
            debug.writeBytes(section.contents());
        }
        int sectionsOffset = Math.addExact(debugOffset, debug.size() + 7) & -8;
        ElfHeader header =
                new ElfHeader(
                        Elf.ET_EXEC,
                        image.entryPoint(),
                        0,
                        0,
                        (long) sectionsOffset + sections.headersOffset(),
                        sections.count(),
                        sections.count() - 1);
        byte[] sectionBytes = sections.toBytes(sectionsOffset);
        ByteBuffer out =
                ByteBuffer.allocate(sectionsOffset + sectionBytes.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        header.write(out);
        out.put(table.clear()).put(names.toByteArray()).put(debug.toByteArray());
        return out.position(sectionsOffset).put(sectionBytes).clear();
    }

    private void put(ByteBuffer table, ImageSymbol symbol, int name) {
        int binding = symbol.global() ? Elf.STB_GLOBAL : Elf.STB_LOCAL;
        int type = symbol.function() ? Elf.STT_FUNC : Elf.STT_OBJECT;
        table.putInt(name).put((byte) (binding << 4 | type)).put((byte) 0);
        table.putShort((short) sectionIndex(symbol.address()));
        table.putLong(symbol.address()).putLong(symbol.size());
    }

    /** Sections are numbered from 1; one outside all of them is absolute. */
    private int sectionIndex(long address) {
        for (int i = 0; i < image.segments().size(); i++) {
            Segment segment = image.segments().get(i);
            long offset = address - segment.virtualAddress();
            if (offset >= 0 && offset < segment.memorySize()) {
                return i + 1;
            }
        }
        return Elf.SHN_ABS;
    }
}
