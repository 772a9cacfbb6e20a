package dev.cortado.boot.x86;

import java.util.Objects;

/**
 * A memory operand: {@code [base + index * scale + displacement]}, where a symbol's address may
 * stand in for, or be added to, the displacement.
 *
 * @param base {@code null} for none
 * @param index {@code null} for none; only with a base
 * @param scale 1, 2, 4 or 8
 * @param displacement signed
 * @param symbol {@code null} for none
 * @param relative whether the address is counted from the next instruction (RIP-relative)
 */
public record Memory(
        Register base,
        Register index,
        int scale,
        int displacement,
        String symbol,
        boolean relative) {

    public Memory {
        if (index != null && (base == null || index.number() == Register.RSP.number())) {
            throw new IllegalArgumentException("index " + index + " with base " + base);
        }
        if (index != null && index.width() != base.width()) {
            throw new IllegalArgumentException(index + " and " + base + " differ in width");
        }
        if (Integer.bitCount(scale) != 1 || scale < 1 || scale > 8) {
            throw new IllegalArgumentException("scale " + scale);
        }
    }

    /** {@code [base]}. */
    public static Memory at(Register base) {
        return at(base, 0);
    }

    /** {@code [base + displacement]}. */
    public static Memory at(Register base, int displacement) {
        Objects.requireNonNull(base);
        return new Memory(base, null, 1, displacement, null, false);
    }

    /** {@code [base + index * scale + displacement]}. */
    public static Memory at(Register base, Register index, int scale, int displacement) {
        return new Memory(base, index, scale, displacement, null, false);
    }

    /** {@code [address]}; in 16-bit mode an offset in the data segment. */
    public static Memory absolute(int address) {
        return new Memory(null, null, 1, address, null, false);
    }

    /** {@code [symbol + displacement]}, for 32-bit code; the linker checks that it fits. */
    public static Memory absolute(String symbol, int displacement) {
        return new Memory(null, null, 1, displacement, symbol, false);
    }

    /** {@code [rip + symbol]}, for 64-bit code. */
    public static Memory relative(String symbol) {
        return new Memory(null, null, 1, 0, Objects.requireNonNull(symbol), true);
    }
}
