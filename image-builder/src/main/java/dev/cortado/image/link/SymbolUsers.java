package dev.cortado.image.link;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds out which functions an unresolved symbol is wanted by. */
final class SymbolUsers {
    private static final int SHOWN = 5;

    /**
     * From a relative field to the end of its instruction: 4 bytes, and an immediate of up to 4.
     */
    private static final int FIELD_TO_NEXT_INSTRUCTION = 4;

    private static final int LARGEST_IMMEDIATE = 4;

    private SymbolUsers() {}

    /**
     * Who wants the target of {@code relocation}: the function that it is in or, where compiled
     * code goes through a pointer in data (native-image's way to call C functions), the functions
     * that read that pointer.
     */
    static List<String> of(RelocatableObject object, Relocation relocation) {
        if (kindOf(object, relocation.section()) == Section.Kind.TEXT) {
            return List.of(describe(object, relocation));
        }
        List<String> readers =
                object.relocations().stream()
                        .filter(other -> reads(other, relocation))
                        .map(other -> describe(object, other))
                        .toList();
        return readers.isEmpty() ? List.of(describe(object, relocation)) : readers;
    }

    /** The first few of {@code users}, and how many more there are. */
    static String list(List<String> users) {
        String shown = String.join(", ", users.subList(0, Math.min(SHOWN, users.size())));
        return users.size() > SHOWN ? shown + " and " + (users.size() - SHOWN) + " more" : shown;
    }

    private static boolean reads(Relocation reader, Relocation pointer) {
        if (reader.type() != RelocationType.RELATIVE_32
                || !reader.target().equals(pointer.section())) {
            return false;
        }
        long least = reader.addend() + FIELD_TO_NEXT_INSTRUCTION;
        return least <= pointer.offset() && pointer.offset() <= least + LARGEST_IMMEDIATE;
    }

    private static String describe(RelocatableObject object, Relocation relocation) {
        Optional<Symbol> function =
                object.symbols().stream()
                        .filter(symbol -> relocation.section().equals(symbol.section()))
                        .filter(symbol ->
                                symbol.function() && symbol.offset() <= relocation.offset())
                        .max(Comparator.comparingLong(Symbol::offset).thenComparing(Symbol::name));
        return function.map(Symbol::name)
                .orElseGet(() ->
                        "%s+%#x of %s"
                                .formatted(
                                        relocation.section(), relocation.offset(), object.name()));
    }

    private static Section.Kind kindOf(RelocatableObject object, String name) {
        return object.sections().stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow()
                .kind();
    }
}
