package dev.cortado.boot.object;

import java.util.Objects;

/**
 * A name for a place in a section, or for a place that another object defines.
 *
 * @param name unique within its object
 * @param section name of the section it is in; {@code null} where another object defines it
 * @param offset bytes from the section's first byte
 * @param size bytes that it names, 0 where unknown
 * @param global whether other objects can refer to it
 * @param function whether it names code
 */
public record Symbol(
        String name, String section, long offset, long size, boolean global, boolean function) {

    public Symbol {
        Objects.requireNonNull(name, "name");
        if (offset < 0 || size < 0) {
            throw new IllegalArgumentException(name + ": offset " + offset + ", size " + size);
        }
    }

    /** A symbol that another object has to define. */
    public static Symbol undefined(String name) {
        return new Symbol(name, null, 0, 0, true, false);
    }

    /** Whether this object says where the symbol is. */
    public boolean isDefined() {
        return section != null;
    }
}
