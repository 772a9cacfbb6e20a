package dev.cortado.image.link;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Symbol;
import dev.cortado.image.UserError;
import dev.cortado.image.image.ImageSymbol;
import dev.cortado.image.image.SymbolTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every symbol's address: global ones by name, local ones by object and name. */
final class Symbols {
    private static final String LINKER = "the linker";

    private final Map<String, Long> globals = new HashMap<>();
    private final Map<RelocatableObject, Map<String, Long>> locals = new IdentityHashMap<>();
    private final List<ImageSymbol> all = new ArrayList<>();

    private Symbols() {}

    /**
     * Gives all defined symbols their addresses.
     *
     * @throws UserError if two objects define the same global symbol
     */
    static Symbols resolve(List<RelocatableObject> objects, ImageLayout layout) {
        Symbols symbols = new Symbols();
        Map<String, List<String>> definers = new TreeMap<>();
        layout.symbols()
                .forEach((name, address) -> {
                    symbols.globals.put(name, address);
                    symbols.all.add(new ImageSymbol(name, address, 0, false, true));
                    definers.computeIfAbsent(name, _ -> new ArrayList<>()).add(LINKER);
                });
        for (RelocatableObject object : objects) {
            Map<String, Long> sections = new HashMap<>();
            layout.sections()
                    .filter(placed -> placed.object() == object)
                    .forEach(placed -> sections.put(placed.section().name(), placed.address()));
            symbols.add(object, sections, definers);
        }
        definers.values().removeIf(names -> names.size() < 2);
        if (!definers.isEmpty()) {
            throw new UserError(
                    definers.entrySet().stream()
                            .map(entry ->
                                    "symbol %s is defined more than once: by %s"
                                            .formatted(
                                                    entry.getKey(),
                                                    String.join(" and by ", entry.getValue())))
                            .collect(Collectors.joining("\n")));
        }
        return symbols;
    }

    private void add(
            RelocatableObject object,
            Map<String, Long> sections,
            Map<String, List<String>> definers) {
        Map<String, Long> own = new HashMap<>();
        locals.put(object, own);
        for (Symbol symbol : object.symbols()) {
            // What is in a note has no address: notes are not loaded.
            if (!symbol.isDefined() || !sections.containsKey(symbol.section())) {
                continue;
            }
            long address = sections.get(symbol.section()) + symbol.offset();
            if (symbol.global()) {
                globals.put(symbol.name(), address);
                definers.computeIfAbsent(symbol.name(), _ -> new ArrayList<>()).add(object.name());
            } else {
                own.put(symbol.name(), address);
            }
            if (!sections.containsKey(symbol.name())) {
                all.add(
                        new ImageSymbol(
                                symbol.name(),
                                address,
                                symbol.size(),
                                symbol.function(),
                                symbol.global()));
            }
        }
    }

    /** The address of what {@code object} calls {@code name}; empty if nobody defines it. */
    OptionalLong address(RelocatableObject object, String name) {
        Long address = locals.get(object).getOrDefault(name, globals.get(name));
        return address == null ? OptionalLong.empty() : OptionalLong.of(address);
    }

    SymbolTable table() {
        return new SymbolTable(all);
    }
}
