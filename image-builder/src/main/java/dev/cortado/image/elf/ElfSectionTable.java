package dev.cortado.image.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Section headers of a file that is being written, and the table of their names, which is the last
 * section.
 */
public final class ElfSectionTable {
    private static final String NAMES = ".shstrtab";

    private final List<ElfSection> sections = new ArrayList<>();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final List<Integer> nameOffsets = new ArrayList<>();

    public ElfSectionTable() {
        add("", Elf.SHT_NULL, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Adds a section; returns its index. */
    public int add(
            String name,
            int type,
            long flags,
            long address,
            long offset,
            long size,
            int link,
            int info,
            long alignment) {
        nameOffsets.add(names.size());
        names.writeBytes((name + '\0').getBytes(StandardCharsets.UTF_8));
        sections.add(
                new ElfSection(
                        sections.size(),
                        name,
                        type,
                        flags,
                        address,
                        offset,
                        size,
                        link,
                        info,
                        alignment));
        return sections.size() - 1;
    }

    /** How many there are once the names' own section is in. */
    public int count() {
        return sections.size() + 1;
    }

    /** The names, padded to 8 bytes, then the headers; to be put at file offset {@code offset}. */
    public byte[] toBytes(long offset) {
        int index = sections.size();
        nameOffsets.add(names.size());
        names.writeBytes((NAMES + '\0').getBytes(StandardCharsets.UTF_8));
        sections.add(
                new ElfSection(index, NAMES, Elf.SHT_STRTAB, 0, 0, offset, names.size(), 0, 0, 1));
        int namesSize = headersOffset(names.size());
        ByteBuffer out =
                ByteBuffer.allocate(namesSize + sections.size() * Elf.SECTION_HEADER_SIZE)
                        .order(ByteOrder.LITTLE_ENDIAN);
        out.put(names.toByteArray()).position(namesSize);
        for (ElfSection section : sections) {
            out.putInt(nameOffsets.get(section.index())).putInt(section.type());
            out.putLong(section.flags()).putLong(section.address());
            out.putLong(section.offset()).putLong(section.size());
            out.putInt(section.link()).putInt(section.info());
            out.putLong(section.alignment()).putLong(entrySize(section.type()));
        }
        return out.array();
    }

    /** Where in {@link #toBytes} the headers begin. */
    public int headersOffset() {
        return headersOffset(names.size() + NAMES.length() + 1);
    }

    private static int headersOffset(int namesSize) {
        return (namesSize + 7) & -8;
    }

    private static long entrySize(int type) {
        return switch (type) {
            case Elf.SHT_SYMTAB -> Elf.SYMBOL_SIZE;
            case Elf.SHT_RELA -> Elf.RELA_SIZE;
            default -> 0;
        };
    }
}
