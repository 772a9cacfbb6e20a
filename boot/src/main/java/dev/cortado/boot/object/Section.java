package dev.cortado.boot.object;

import java.util.Objects;

/**
 * A piece of an object that stays in one piece when it is linked.
 *
 * @param name unique within its object
 * @param kind what the bytes are, which decides where the linker puts them and how they are mapped
 * @param alignment of the first byte, in bytes, a power of two
 * @param contents the bytes; empty for {@link Kind#BSS}; shared, never written to
 * @param size bytes in memory: the length of {@code contents}, or for {@link Kind#BSS} the number
 *     of zero bytes
 */
public record Section(String name, Kind kind, int alignment, byte[] contents, long size) {

    /** What a section holds. */
    public enum Kind {
        /** Machine code: read and executed. */
        TEXT,
        /** Constants: read only. */
        RODATA,
        /** Variables with a value: read and written. */
        DATA,
        /** Variables that start as zero: read and written, no bytes in the image. */
        BSS,
        /** ELF notes, concatenated; read by whoever loads the image. */
        NOTE,
        /** The Java heap's first objects: read and written, at the heap base. */
        HEAP,
        /** For debuggers: not loaded, but it has the addresses of what is. */
        DEBUG
    }

    public Section {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(contents, "contents");
        if (Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(
                    name + ": alignment " + alignment + " is not a power of two");
        }
        long expected = kind == Kind.BSS ? 0 : size;
        if (size < 0 || contents.length != expected) {
            throw new IllegalArgumentException(
                    name + ": " + contents.length + " bytes of contents, size " + size);
        }
    }

    /** A section whose bytes are in the image. */
    public static Section of(String name, Kind kind, int alignment, byte[] contents) {
        return new Section(name, kind, alignment, contents, contents.length);
    }

    /** A section of {@code size} zero bytes. */
    public static Section zeroes(String name, int alignment, long size) {
        return new Section(name, Kind.BSS, alignment, new byte[0], size);
    }
}
