package dev.cortado.runtime.zip;

/** Numbers of the deflate format (RFC 1951) and its zlib wrapper (RFC 1950). */
final class DeflateFormat {
    static final int WINDOW_BITS = 15;
    static final int WINDOW_SIZE = 1 << WINDOW_BITS;
    static final int MIN_MATCH = 3;
    static final int MAX_MATCH = 258;

    /** Block types (RFC 1951, 3.2.3). */
    static final int STORED = 0;

    static final int FIXED = 1;
    static final int DYNAMIC = 2;

    static final int LITERALS = 256;
    static final int END_OF_BLOCK = 256;
    static final int LENGTH_CODES = 29;
    static final int LITERAL_SYMBOLS = LITERALS + 1 + LENGTH_CODES;

    /** With the two that only the fixed code has. */
    static final int FIXED_LITERAL_SYMBOLS = LITERAL_SYMBOLS + 2;

    static final int DISTANCE_SYMBOLS = 30;
    static final int LENGTH_SYMBOLS = 19;

    /** Symbols of the code of code lengths (3.2.7). */
    static final int REPEAT_PREVIOUS = 16;

    static final int REPEAT_ZERO = 17;
    static final int REPEAT_ZERO_LONG = 18;

    /** The order in which the lengths of the code of code lengths are written (3.2.7). */
    static final byte[] LENGTH_ORDER = {
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
    };

    /** Shortest match and extra bits of each length symbol (3.2.5). */
    static final short[] LENGTH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258
    };

    static final byte[] LENGTH_EXTRA = {
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
    };

    /** Shortest distance and extra bits of each distance symbol (3.2.5). */
    static final short[] DISTANCE_BASE = {
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
        2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577
    };

    static final byte[] DISTANCE_EXTRA = {
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
        13, 13
    };

    /** RFC 1950, 2.2: the compression method, FDICT and the modulus of FCHECK. */
    static final int METHOD_DEFLATE = 8;

    static final int FLAG_DICTIONARY = 0x20;
    static final int HEADER_MODULUS = 31;

    private DeflateFormat() {}

    /** Code lengths of the fixed literal and length code (RFC 1951, 3.2.6). */
    static byte[] fixedLiteralLengths() {
        byte[] lengths = new byte[FIXED_LITERAL_SYMBOLS];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = (byte) (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
        }
        return lengths;
    }
}
