package dev.cortado.image.elf;

import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import java.util.List;

/** Reads the relocations of one section. */
final class ObjectRelocations {
    private final ElfBytes bytes;
    private final Section section;
    private final ObjectSymbols symbols;

    ObjectRelocations(ElfBytes bytes, Section section, ObjectSymbols symbols) {
        this.bytes = bytes;
        this.section = section;
        this.symbols = symbols;
    }

    void read(ElfSection table, List<Relocation> into) {
        table.requireWholeEntries(bytes, Elf.RELA_SIZE);
        long end = table.offset() + table.size();
        for (long at = table.offset(); at < end; at += Elf.RELA_SIZE) {
            into.add(read(at));
        }
    }

    private Relocation read(long at) {
        String what = "a relocation of " + section.name();
        long offset = bytes.int64(at, what);
        int number = bytes.int32(at + 8, what);
        RelocationType type =
                RelocationType.ofElfType(number)
                        .orElseThrow(() ->
                                bytes.unusable(
                                        "%s has a relocation of type %d at offset %d",
                                        section.name(), number, offset));
        if (offset < 0 || offset > section.size() - type.width()) {
            throw bytes.damaged(
                    "%s has a relocation at offset %s, outside its %d bytes",
                    section.name(), Long.toUnsignedString(offset), section.size());
        }
        long symbol = bytes.unsignedInt(at + 12, what);
        String[] names = symbols.names();
        if (symbol >= names.length || names[(int) symbol] == null) {
            throw bytes.damaged(
                    "the relocation at offset %d of %s refers to symbol %d, "
                            + "which is not one of the image's",
                    offset, section.name(), symbol);
        }
        return new Relocation(
                section.name(), offset, type, names[(int) symbol], bytes.int64(at + 16, what));
    }
}
