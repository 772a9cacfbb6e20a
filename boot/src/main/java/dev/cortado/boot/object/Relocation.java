package dev.cortado.boot.object;

import java.util.Objects;

/**
 * A field that the linker fills in once it knows where everything is.
 *
 * @param section name of the section that the field is in
 * @param offset of the field's first byte in that section
 * @param type width of the field and how its value is computed
 * @param target name of the symbol that it refers to; section symbols go by the section's name
 * @param addend added to the symbol's address; the field's own bytes do not count (ELF's RELA)
 */
public record Relocation(
        String section, long offset, RelocationType type, String target, long addend) {

    public Relocation {
        Objects.requireNonNull(section, "section");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(target, "target");
        if (offset < 0) {
            throw new IllegalArgumentException(section + ": relocation at offset " + offset);
        }
    }
}
