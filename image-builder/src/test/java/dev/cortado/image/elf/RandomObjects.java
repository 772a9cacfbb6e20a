package dev.cortado.image.elf;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Section.Kind;
import dev.cortado.boot.object.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Objects with any sections, symbols and relocations. */
final class RandomObjects {
    private RandomObjects() {}

    static RelocatableObject next(Random random) {
        List<Section> sections = new ArrayList<>();
        sections.add(section(random, Kind.TEXT, ".text"));
        for (int i = random.nextInt(6); i > 0; i--) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            String name =
                    switch (kind) {
                        case HEAP -> ElfObjectReader.HEAP_SECTION;
                        case DEBUG -> ".debug_" + i;
                        default -> "." + kind + i;
                    };
            if (sections.stream().noneMatch(other -> other.name().equals(name))) {
                sections.add(section(random, kind, name));
            }
        }
        List<Symbol> symbols = new ArrayList<>();
        symbols.add(Symbol.undefined("wanted"));
        for (int i = random.nextInt(20); i > 0; i--) {
            Section in = sections.get(random.nextInt(sections.size()));
            long offset = random.nextLong(in.size() + 1);
            long size = random.nextLong(in.size() - offset + 1);
            symbols.add(
                    new Symbol(
                            "symbol" + i,
                            in.name(),
                            offset,
                            size,
                            random.nextBoolean(),
                            in.kind() == Kind.TEXT));
        }
        List<Relocation> relocations = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            Section in = sections.get(random.nextInt(sections.size()));
            RelocationType type =
                    RelocationType.values()[random.nextInt(RelocationType.values().length)];
            if (in.kind() != Kind.BSS && in.size() >= type.width()) {
                relocations.add(
                        new Relocation(
                                in.name(),
                                random.nextLong(in.size() - type.width() + 1),
                                type,
                                symbols.get(random.nextInt(symbols.size())).name(),
                                random.nextLong()));
            }
        }
        return new RelocatableObject("random", sections, symbols, relocations);
    }

    private static Section section(Random random, Kind kind, String name) {
        int alignment = 1 << random.nextInt(17);
        int size = random.nextInt(200);
        if (kind == Kind.BSS) {
            return Section.zeroes(name, alignment, size);
        }
        byte[] contents = new byte[size];
        random.nextBytes(contents);
        return Section.of(name, kind, alignment, contents);
    }
}
