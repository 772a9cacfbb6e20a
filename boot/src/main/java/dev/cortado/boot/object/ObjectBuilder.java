package dev.cortado.boot.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A relocatable object in the making. */
public final class ObjectBuilder {

    private final String name;
    private final List<SectionBuilder> sections = new ArrayList<>();

    /** An object without sections; the name is for messages. */
    public ObjectBuilder(String name) {
        this.name = name;
    }

    /** Begins a section; several can be filled in turn. */
    public SectionBuilder section(String section, Section.Kind kind, int alignment) {
        SectionBuilder builder = new SectionBuilder(section, kind, alignment);
        sections.add(builder);
        return builder;
    }

    /**
     * The object with everything appended so far. What relocations refer to and no section defines
     * becomes an undefined symbol.
     *
     * @throws IllegalArgumentException where two sections or two symbols have the same name
     */
    public RelocatableObject build() {
        List<Symbol> symbols = new ArrayList<>();
        List<Relocation> relocations = new ArrayList<>();
        for (SectionBuilder section : sections) {
            symbols.addAll(section.symbols());
            relocations.addAll(section.relocations());
        }
        Set<String> known = new HashSet<>();
        symbols.forEach(symbol -> known.add(symbol.name()));
        for (Relocation relocation : relocations) {
            if (known.add(relocation.target())) {
                symbols.add(Symbol.undefined(relocation.target()));
            }
        }
        return new RelocatableObject(
                name,
                sections.stream().map(SectionBuilder::section).toList(),
                symbols,
                relocations);
    }
}
