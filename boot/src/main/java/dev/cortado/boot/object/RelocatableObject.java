package dev.cortado.boot.object;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one compiler or assembler run made: everything that it defines and everything that it wants.
 *
 * <p>The constructor checks that the parts fit together (unique names, symbols and relocated fields
 * inside their sections, every relocation's target among the symbols), so whoever links an object
 * need not.
 *
 * @param name tells objects apart in messages
 * @param sections in the order of their making
 * @param symbols defined and undefined ones
 * @param relocations fields to fill in, in any order
 */
public record RelocatableObject(
        String name, List<Section> sections, List<Symbol> symbols, List<Relocation> relocations) {

    public RelocatableObject {
        Objects.requireNonNull(name, "name");
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
        relocations = List.copyOf(relocations);
        Map<String, Section> sectionsByName = new HashMap<>();
        for (Section section : sections) {
            if (sectionsByName.put(section.name(), section) != null) {
                throw new IllegalArgumentException(name + ": two sections " + section.name());
            }
        }
        Map<String, Symbol> symbolsByName = HashMap.newHashMap(symbols.size());
        for (Symbol symbol : symbols) {
            if (symbolsByName.put(symbol.name(), symbol) != null) {
                throw new IllegalArgumentException(name + ": two symbols " + symbol.name());
            }
            if (symbol.isDefined()) {
                requireInside(
                        name, sectionsByName, symbol.section(), symbol.offset(), symbol.size());
            }
        }
        for (Relocation relocation : relocations) {
            if (!symbolsByName.containsKey(relocation.target())) {
                throw new IllegalArgumentException(
                        name + ": relocation against unknown symbol " + relocation.target());
            }
            requireInside(
                    name,
                    sectionsByName,
                    relocation.section(),
                    relocation.offset(),
                    relocation.type().width());
        }
    }

    private static void requireInside(
            String object, Map<String, Section> sections, String section, long offset, long size) {
        Section found = sections.get(section);
        if (found == null) {
            throw new IllegalArgumentException(object + ": no section " + section);
        }
        if (offset > found.size() || size > found.size() - offset) {
            throw new IllegalArgumentException(
                    "%s: %d bytes at offset %d are not in section %s of %d bytes"
                            .formatted(object, size, offset, section, found.size()));
        }
    }
}
