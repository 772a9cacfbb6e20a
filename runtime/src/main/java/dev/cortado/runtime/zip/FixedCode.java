package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.FIXED_LITERAL_SYMBOLS;

import java.util.Arrays;

/** The codes of blocks that bring none: RFC 1951, section 3.2.6. */
final class FixedCode {
    private static final int DISTANCE_CODES = 32;

    static final HuffmanTable LITERALS = new HuffmanTable(FIXED_LITERAL_SYMBOLS);
    static final HuffmanTable DISTANCES = new HuffmanTable(DISTANCE_CODES);

    static {
        LITERALS.build(DeflateFormat.fixedLiteralLengths(), 0, FIXED_LITERAL_SYMBOLS, false);
        byte[] five = new byte[DISTANCE_CODES];
        Arrays.fill(five, (byte) 5);
        DISTANCES.build(five, 0, five.length, false);
    }

    private FixedCode() {}
}
