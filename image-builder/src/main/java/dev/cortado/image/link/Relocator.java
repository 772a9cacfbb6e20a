package dev.cortado.image.link;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.image.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Fills in the fields that relocations describe, and collects what does not work out. */
final class Relocator {
    private final Symbols symbols;
    private final Map<RelocatableObject, Map<String, List<Relocation>>> bySection =
            new IdentityHashMap<>();
    private final Map<String, List<Wanted>> unresolved = new TreeMap<>();
    private final List<String> outOfRange = new ArrayList<>();

    private record Wanted(RelocatableObject object, Relocation relocation) {}

    Relocator(Symbols symbols) {
        this.symbols = symbols;
    }

    /** Relocates {@code placed}, whose bytes in the image are {@code field}. */
    void apply(PlacedSection placed, ByteBuffer field) {
        field.order(ByteOrder.LITTLE_ENDIAN);
        RelocatableObject object = placed.object();
        List<Relocation> relocations =
                bySection
                        .computeIfAbsent(object, Relocator::group)
                        .getOrDefault(placed.section().name(), List.of());
        for (Relocation relocation : relocations) {
            OptionalLong target = symbols.address(object, relocation.target());
            if (target.isEmpty()) {
                unresolved
                        .computeIfAbsent(relocation.target(), _ -> new ArrayList<>())
                        .add(new Wanted(object, relocation));
                continue;
            }
            RelocationType type = relocation.type();
            long value = target.getAsLong() + relocation.addend();
            if (type == RelocationType.RELATIVE_32) {
                requireAddress(placed.section());
                value -= placed.address() + relocation.offset();
            }
            if (!type.holds(value)) {
                outOfRange.add(
                        "%s: %s at offset %#x of %s cannot hold %#x, for the address %#x of %s"
                                .formatted(
                                        object.name(),
                                        type,
                                        relocation.offset(),
                                        relocation.section(),
                                        value,
                                        target.getAsLong(),
                                        relocation.target()));
                continue;
            }
            int at = Math.toIntExact(relocation.offset());
            switch (type) {
                case ABSOLUTE_64 -> field.putLong(at, value);
                case RELATIVE_32, ABSOLUTE_32, ABSOLUTE_32_SIGNED -> field.putInt(at, (int) value);
            }
        }
    }

    private static Map<String, List<Relocation>> group(RelocatableObject object) {
        Map<String, List<Relocation>> groups = new HashMap<>();
        for (Relocation relocation : object.relocations()) {
            groups.computeIfAbsent(relocation.section(), _ -> new ArrayList<>()).add(relocation);
        }
        return groups;
    }

    private static void requireAddress(Section section) {
        if (section.kind() == Section.Kind.NOTE || section.kind() == Section.Kind.DEBUG) {
            throw new UserError(
                    "section " + section.name() + " has a relative address, but it is not loaded");
        }
    }

    /** Reports everything that could not be filled in, in one error. */
    void throwErrors() {
        List<String> errors = new ArrayList<>(outOfRange);
        unresolved.forEach((name, wanted) -> {
            List<String> users =
                    wanted.stream()
                            .flatMap(w -> SymbolUsers.of(w.object(), w.relocation()).stream())
                            .distinct()
                            .toList();
            errors.add("undefined symbol " + name + ", wanted by " + SymbolUsers.list(users));
        });
        if (!errors.isEmpty()) {
            throw new UserError(String.join("\n", errors));
        }
    }
}
