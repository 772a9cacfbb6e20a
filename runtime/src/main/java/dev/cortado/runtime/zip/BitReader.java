package dev.cortado.runtime.zip;

/** Takes bits from pieces of input, lowest first (RFC 1951, section 3.1.1). */
final class BitReader {
    /** Bits taken from the input and not yet used, lowest first; those above {@code bits} are 0. */
    long hold;

    int bits;

    byte[] input;
    int next;
    int end;

    void clear() {
        hold = 0;
        bits = 0;
    }

    /** Goes on with another piece of input. */
    void open(byte[] piece, int offset, int length) {
        input = piece;
        next = offset;
        end = offset + length;
    }

    int available() {
        return end - next;
    }

    /** Takes no more input than it must, as bytes behind the stream's end are not ours. */
    boolean need(int count) {
        while (bits < count) {
            if (!pull()) {
                return false;
            }
        }
        return true;
    }

    private boolean pull() {
        if (next == end) {
            return false;
        }
        hold |= (input[next++] & 0xffL) << bits;
        bits += 8;
        return true;
    }

    /** The next symbol's entry, which the caller drops; or {@link HuffmanTable#INCOMPLETE}. */
    int find(HuffmanTable table) {
        int entry;
        do {
            entry = table.find(hold, bits);
        } while (entry == HuffmanTable.INCOMPLETE && pull());
        return entry;
    }

    int peek(int count) {
        return (int) hold & (1 << count) - 1;
    }

    void drop(int count) {
        hold >>>= count;
        bits -= count;
    }

    void dropToByte() {
        drop(bits & 7);
    }

    int take(int count) {
        int value = peek(count);
        drop(count);
        return value;
    }
}
