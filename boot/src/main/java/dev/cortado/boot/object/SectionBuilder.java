package dev.cortado.boot.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A section in the making: little-endian bytes appended one after the other. */
public final class SectionBuilder {

    private final String name;
    private final Section.Kind kind;
    private final int alignment;
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<Relocation> relocations = new ArrayList<>();
    private byte[] bytes = new byte[256];
    private int size;

    SectionBuilder(String name, Section.Kind kind, int alignment) {
        this.name = name;
        this.kind = kind;
        this.alignment = alignment;
    }

    /** Offset of the next byte. */
    public int offset() {
        return size;
    }

    /** Appends the low {@code width} bytes of {@code value}. */
    public void emit(int width, long value) {
        if (kind == Section.Kind.BSS && value != 0) {
            throw new IllegalStateException(name + " holds zeroes only");
        }
        int offset = size;
        skip(width);
        if (kind != Section.Kind.BSS) {
            patch(offset, width, value);
        }
    }

    public void emit8(int value) {
        emit(Byte.BYTES, value);
    }

    public void emit16(int value) {
        emit(Short.BYTES, value);
    }

    public void emit32(int value) {
        emit(Integer.BYTES, value);
    }

    public void emit64(long value) {
        emit(Long.BYTES, value);
    }

    /** Appends ASCII text and a NUL. */
    public void emitText(String text) {
        for (byte character : text.getBytes(StandardCharsets.US_ASCII)) {
            emit8(character);
        }
        emit8(0);
    }

    /**
     * Appends {@code count} zero bytes: the only way to fill a {@link Section.Kind#BSS} section.
     */
    public void skip(int count) {
        size = Math.addExact(size, count);
        if (kind != Section.Kind.BSS && size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
    }

    /** Appends {@code fill} bytes until the offset is a multiple of {@code boundary}. */
    public void align(int boundary, int fill) {
        if (boundary > alignment) {
            throw new IllegalArgumentException(
                    name + " is aligned to " + alignment + ", not to " + boundary);
        }
        while (size % boundary != 0) {
            emit8(fill);
        }
    }

    /** Overwrites {@code width} bytes at {@code offset}. */
    public void patch(int offset, int width, long value) {
        if (kind == Section.Kind.BSS || offset < 0 || offset + width > size) {
            throw new IndexOutOfBoundsException(name + " has no offset " + offset);
        }
        for (int i = 0; i < width; i++) {
            bytes[offset + i] = (byte) (value >> (Byte.SIZE * i));
        }
    }

    /** Appends a field for the linker to fill in. */
    public void emitRelocated(RelocationType type, String target, long addend) {
        relocations.add(new Relocation(name, size, type, target, addend));
        skip(type.width());
    }

    /** Names what {@code body} appends, as data. */
    public void data(String symbol, Runnable body) {
        define(symbol, false, body);
    }

    /** Names what {@code body} appends, as code. */
    public void function(String symbol, Runnable body) {
        define(symbol, true, body);
    }

    private void define(String symbol, boolean function, Runnable body) {
        int start = size;
        body.run();
        symbols.add(new Symbol(symbol, name, start, size - start, true, function));
    }

    Section section() {
        return kind == Section.Kind.BSS
                ? Section.zeroes(name, alignment, size)
                : Section.of(name, kind, alignment, Arrays.copyOf(bytes, size));
    }

    List<Symbol> symbols() {
        return symbols;
    }

    List<Relocation> relocations() {
        return relocations;
    }
}
