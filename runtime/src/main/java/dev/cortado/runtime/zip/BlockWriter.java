package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.END_OF_BLOCK;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_CODES;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_ORDER;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.LITERALS;
import static dev.cortado.runtime.zip.DeflateFormat.LITERAL_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.MAX_MATCH;

import java.util.Arrays;

/** Collects literals and matches, and writes them as a block in the shortest of the three forms. */
final class BlockWriter {
    /** A block ends after so many literals and matches at the latest. */
    private static final int CAPACITY = 16 * 1024 - 1;

    private static final int BLOCK_HEADER_BITS = 3;
    private static final int STORED_HEADER_BYTES = 4;

    private static final HuffmanCode FIXED_LITERALS =
            new HuffmanCode(DeflateFormat.fixedLiteralLengths());
    private static final HuffmanCode FIXED_DISTANCES = fixedDistances();

    private static final byte[] LENGTH_SYMBOL = new byte[MAX_MATCH + 1];
    private static final byte[] DISTANCE_SYMBOL = new byte[DeflateFormat.WINDOW_SIZE + 1];

    static {
        for (int symbol = 0; symbol < LENGTH_CODES; symbol++) {
            Arrays.fill(LENGTH_SYMBOL, LENGTH_BASE[symbol], MAX_MATCH + 1, (byte) symbol);
        }
        for (int symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
            Arrays.fill(
                    DISTANCE_SYMBOL, DISTANCE_BASE[symbol], DISTANCE_SYMBOL.length, (byte) symbol);
        }
    }

    private final BitWriter writer;
    private final HuffmanCode literals = new HuffmanCode(LITERAL_SYMBOLS, 15);
    private final HuffmanCode distances = new HuffmanCode(DISTANCE_SYMBOLS, 15);
    private final HuffmanCode lengthCode = new HuffmanCode(LENGTH_SYMBOLS, 7);

    /** A literal byte (distance 0) or a match's length, and its distance. */
    private final short[] values = new short[CAPACITY];

    private final char[] offsets = new char[CAPACITY];
    private int size;

    BlockWriter(BitWriter writer) {
        this.writer = writer;
        clear();
    }

    private static HuffmanCode fixedDistances() {
        byte[] lengths = new byte[DISTANCE_SYMBOLS];
        Arrays.fill(lengths, (byte) 5);
        return new HuffmanCode(lengths);
    }

    void clear() {
        literals.clear();
        distances.clear();
        lengthCode.clear();
        literals.count(END_OF_BLOCK);
        size = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns true if the block is full. */
    boolean addLiteral(byte literal) {
        values[size] = (short) (literal & 0xff);
        offsets[size++] = 0;
        literals.count(literal & 0xff);
        return size == CAPACITY;
    }

    /** Returns true if the block is full. */
    boolean addMatch(int distance, int length) {
        values[size] = (short) length;
        offsets[size++] = (char) distance;
        literals.count(LITERALS + 1 + LENGTH_SYMBOL[length]);
        distances.count(DISTANCE_SYMBOL[distance]);
        return size == CAPACITY;
    }

    /**
     * Writes what was collected and starts over.
     *
     * @param plain the same bytes before compression, if they can be had: from {@code offset}
     * @param mayCompress false to store them in any case
     */
    void write(byte[] plain, int offset, int length, boolean mayCompress, boolean last) {
        long dynamicBytes = Long.MAX_VALUE;
        long fixedBytes = Long.MAX_VALUE;
        int lengthCount = 0;
        if (mayCompress) {
            literals.build();
            distances.build();
            countLengths();
            lengthCode.build();
            lengthCount = LENGTH_SYMBOLS;
            while (lengthCount > 4 && lengthCode.length(LENGTH_ORDER[lengthCount - 1]) == 0) {
                lengthCount--;
            }
            dynamicBytes =
                    bytes(5 + 5 + 4 + 3 * lengthCount + lengthBits() + bits(literals, distances));
            fixedBytes = bytes(bits(FIXED_LITERALS, FIXED_DISTANCES));
        }
        if (plain != null && length + STORED_HEADER_BYTES <= Math.min(dynamicBytes, fixedBytes)) {
            writeStored(plain, offset, length, last);
        } else if (fixedBytes <= dynamicBytes) {
            writeHeader(DeflateFormat.FIXED, last);
            writeSymbols(FIXED_LITERALS, FIXED_DISTANCES);
        } else {
            writeHeader(DeflateFormat.DYNAMIC, last);
            writeCodes(lengthCount);
            writeSymbols(literals, distances);
        }
        clear();
        if (last) {
            writer.alignToByte();
        }
    }

    void writeStored(byte[] plain, int offset, int length, boolean last) {
        writeHeader(DeflateFormat.STORED, last);
        writer.alignToByte();
        writer.writeShort(Short.reverseBytes((short) length));
        writer.writeShort(Short.reverseBytes((short) ~length));
        writer.write(plain, offset, length);
    }

    private void writeHeader(int type, boolean last) {
        writer.write(type << 1 | (last ? 1 : 0), BLOCK_HEADER_BITS);
    }

    private static long bytes(long bits) {
        return bits + BLOCK_HEADER_BITS + 7 >>> 3;
    }

    /** Size of the block's symbols in these codes. */
    private long bits(HuffmanCode literalCode, HuffmanCode distanceCode) {
        long bits = 0;
        for (int i = 0; i < LITERAL_SYMBOLS; i++) {
            int extra = i <= END_OF_BLOCK ? 0 : LENGTH_EXTRA[i - END_OF_BLOCK - 1];
            bits += (long) literals.frequency(i) * (literalCode.length(i) + extra);
        }
        for (int i = 0; i < DISTANCE_SYMBOLS; i++) {
            bits += (long) distances.frequency(i) * (distanceCode.length(i) + DISTANCE_EXTRA[i]);
        }
        return bits;
    }

    private long lengthBits() {
        long bits = 0;
        for (int i = 0; i < LENGTH_SYMBOLS; i++) {
            bits += (long) lengthCode.frequency(i) * (lengthCode.length(i) + repeatBits(i));
        }
        return bits;
    }

    private static int repeatBits(int symbol) {
        return switch (symbol) {
            case DeflateFormat.REPEAT_PREVIOUS -> 2;
            case DeflateFormat.REPEAT_ZERO -> 3;
            case DeflateFormat.REPEAT_ZERO_LONG -> 7;
            default -> 0;
        };
    }

    private void writeSymbols(HuffmanCode literalCode, HuffmanCode distanceCode) {
        for (int i = 0; i < size; i++) {
            int value = values[i];
            int distance = offsets[i];
            if (distance == 0) {
                literalCode.write(value, writer);
            } else {
                int symbol = LENGTH_SYMBOL[value];
                literalCode.write(LITERALS + 1 + symbol, writer);
                writer.write(value - LENGTH_BASE[symbol], LENGTH_EXTRA[symbol]);
                symbol = DISTANCE_SYMBOL[distance];
                distanceCode.write(symbol, writer);
                writer.write(distance - DISTANCE_BASE[symbol], DISTANCE_EXTRA[symbol]);
            }
        }
        literalCode.write(END_OF_BLOCK, writer);
    }

    private void writeCodes(int lengthCount) {
        writer.write(literals.lastSymbol() - LITERALS, 5);
        writer.write(distances.lastSymbol(), 5);
        writer.write(lengthCount - 4, 4);
        for (int i = 0; i < lengthCount; i++) {
            writer.write(lengthCode.length(LENGTH_ORDER[i]), 3);
        }
        RunVisitor write =
                (symbol, repeat) -> {
                    lengthCode.write(symbol, writer);
                    writer.write(repeat, repeatBits(symbol));
                };
        visitRuns(literals, write);
        visitRuns(distances, write);
    }

    private void countLengths() {
        RunVisitor count = (symbol, repeat) -> lengthCode.count(symbol);
        visitRuns(literals, count);
        visitRuns(distances, count);
    }

    private interface RunVisitor {
        /**
         * @param repeat what is written after a symbol that stands for a run
         */
        void visit(int symbol, int repeat);
    }

    /** Sums up the lengths of a code's symbols as RFC 1951, 3.2.7 describes. */
    private static void visitRuns(HuffmanCode code, RunVisitor visitor) {
        int previous = -1;
        int start = 0;
        int end = code.lastSymbol() + 1;
        while (start < end) {
            int length = code.length(start);
            int most = length == 0 ? 138 : length == previous ? 6 : 7;
            int least = length == 0 || length == previous ? 3 : 4;
            int count = 1;
            while (count < most && start + count < end && code.length(start + count) == length) {
                count++;
            }
            start += count;
            if (count < least) {
                for (int i = 0; i < count; i++) {
                    visitor.visit(length, 0);
                }
            } else if (length != 0) {
                if (length != previous) {
                    visitor.visit(length, 0);
                    count--;
                }
                visitor.visit(DeflateFormat.REPEAT_PREVIOUS, count - 3);
            } else if (count <= 10) {
                visitor.visit(DeflateFormat.REPEAT_ZERO, count - 3);
            } else {
                visitor.visit(DeflateFormat.REPEAT_ZERO_LONG, count - 11);
            }
            previous = length;
        }
    }
}
