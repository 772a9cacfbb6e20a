package dev.cortado.runtime.zip;

import java.util.Arrays;

/**
 * Decodes one canonical Huffman code (RFC 1951, 3.2.2). Codes of up to {@value #DIRECT_BITS} bits
 * are looked up in one step, the rare longer ones bit by bit.
 */
final class HuffmanTable {
    /** {@link #find} needs more bits. */
    static final int INCOMPLETE = -1;

    /** The symbol of a bit pattern that no code has. */
    static final int NO_SYMBOL = 0x1ff;

    static final int MAX_BITS = 15;
    private static final int DIRECT_BITS = 10;
    private static final int DIRECT_MASK = (1 << DIRECT_BITS) - 1;
    private static final short NO_CODE = (short) (NO_SYMBOL << 4 | 1);

    /** Entries are symbol * 16 + length; 0 stands for a longer code. */
    private final short[] direct = new short[1 << DIRECT_BITS];

    private final short[] counts = new short[MAX_BITS + 1];
    private final short[] symbols;

    HuffmanTable(int maxSymbols) {
        symbols = new short[maxSymbols];
    }

    /**
     * Reads the code from the lengths of its symbols, 0 for a symbol that does not occur.
     *
     * @param mayBeIncomplete a code of at most one symbol of one bit is complete enough
     * @return false if too many codes, or too few, have these lengths
     */
    boolean build(byte[] lengths, int offset, int count, boolean mayBeIncomplete) {
        Arrays.fill(counts, (short) 0);
        for (int i = 0; i < count; i++) {
            counts[lengths[offset + i]]++;
        }
        counts[0] = 0;
        int longest = MAX_BITS;
        while (longest > 0 && counts[longest] == 0) {
            longest--;
        }
        int left = 1;
        int[] next = new int[MAX_BITS + 2];
        int[] code = new int[MAX_BITS + 2];
        for (int length = 1; length <= MAX_BITS; length++) {
            left = (left << 1) - counts[length];
            if (left < 0) {
                return false;
            }
            next[length + 1] = next[length] + counts[length];
            code[length + 1] = (code[length] + counts[length]) << 1;
        }
        if (longest != 0 && left > 0 && !(mayBeIncomplete && longest == 1)) {
            return false;
        }
        Arrays.fill(direct, longest <= 1 ? NO_CODE : 0);
        for (int symbol = 0; symbol < count; symbol++) {
            int length = lengths[offset + symbol];
            if (length != 0) {
                symbols[next[length]++] = (short) symbol;
                fill(code[length]++, length, symbol);
            }
        }
        return true;
    }

    private void fill(int code, int length, int symbol) {
        if (length <= DIRECT_BITS) {
            int reversed = Integer.reverse(code) >>> 32 - length;
            for (int i = reversed; i < direct.length; i += 1 << length) {
                direct[i] = (short) (symbol << 4 | length);
            }
        }
    }

    /**
     * The code that {@code hold} starts with, lowest bit first.
     *
     * @param bits how many bits of {@code hold} are valid; the others are 0
     * @return symbol * 16 + length of its code, or {@link #INCOMPLETE}
     */
    int find(long hold, int bits) {
        int entry = direct[(int) hold & DIRECT_MASK];
        if (entry != 0) {
            return (entry & 15) <= bits ? entry : INCOMPLETE;
        }
        return findLong(hold, bits);
    }

    private int findLong(long hold, int bits) {
        int code = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= Math.min(bits, MAX_BITS); length++) {
            code |= (int) (hold >>> length - 1) & 1;
            int count = counts[length];
            if (code - first < count) {
                return symbols[index + code - first] << 4 | length;
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        return INCOMPLETE;
    }
}
