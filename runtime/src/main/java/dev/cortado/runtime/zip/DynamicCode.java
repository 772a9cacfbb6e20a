package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.END_OF_BLOCK;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_ORDER;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.LITERAL_SYMBOLS;

import java.util.Arrays;

/**
 * Reads the codes that a block begins with: RFC 1951, section 3.2.7 "Compression with dynamic
 * Huffman codes". Goes on where it stopped when there is more input.
 */
final class DynamicCode {
    private enum Step {
        SIZES,
        LENGTH_LENGTHS,
        CODE_LENGTHS
    }

    private final HuffmanTable lengthCode = new HuffmanTable(LENGTH_SYMBOLS);
    private final HuffmanTable literals = new HuffmanTable(LITERAL_SYMBOLS);
    private final HuffmanTable distances = new HuffmanTable(DISTANCE_SYMBOLS);
    private final byte[] codeLengths = new byte[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];

    private Step step;
    private String problem;
    private int literalCount;
    private int distanceCount;
    private int lengthCount;
    private int lengthsRead;

    /** To be called at the beginning of a block. */
    void start() {
        step = Step.SIZES;
        problem = null;
    }

    /** What is wrong with the codes, in zlib's words; null if nothing is. */
    String problem() {
        return problem;
    }

    HuffmanTable literals() {
        return literals;
    }

    HuffmanTable distances() {
        return distances;
    }

    /** Returns whether the codes are complete; if not, it lacks input or there is a problem. */
    boolean read(BitReader in) {
        while (problem == null) {
            switch (step) {
                case SIZES:
                    if (!sizes(in)) {
                        return false;
                    }
                    break;
                case LENGTH_LENGTHS:
                    if (!lengthLengths(in)) {
                        return false;
                    }
                    break;
                default:
                    return codeLengths(in) && build();
            }
        }
        return false;
    }

    private boolean sizes(BitReader in) {
        if (!in.need(14)) {
            return false;
        }
        literalCount = in.take(5) + 257;
        distanceCount = in.take(5) + 1;
        lengthCount = in.take(4) + 4;
        if (literalCount > LITERAL_SYMBOLS || distanceCount > DISTANCE_SYMBOLS) {
            return broken("too many length or distance symbols");
        }
        Arrays.fill(codeLengths, 0, LENGTH_SYMBOLS, (byte) 0);
        lengthsRead = 0;
        step = Step.LENGTH_LENGTHS;
        return true;
    }

    private boolean lengthLengths(BitReader in) {
        while (lengthsRead < lengthCount) {
            if (!in.need(3)) {
                return false;
            }
            codeLengths[LENGTH_ORDER[lengthsRead++]] = (byte) in.take(3);
        }
        if (!lengthCode.build(codeLengths, 0, LENGTH_SYMBOLS, false)) {
            return broken("invalid code lengths set");
        }
        lengthsRead = 0;
        step = Step.CODE_LENGTHS;
        return true;
    }

    private boolean codeLengths(BitReader in) {
        int total = literalCount + distanceCount;
        while (lengthsRead < total) {
            int entry = in.find(lengthCode);
            if (entry == HuffmanTable.INCOMPLETE) {
                return false;
            }
            int symbol = entry >>> 4;
            int codeBits = entry & 15;
            if (symbol < DeflateFormat.REPEAT_PREVIOUS || symbol == HuffmanTable.NO_SYMBOL) {
                in.drop(codeBits);
                codeLengths[lengthsRead++] = symbol == HuffmanTable.NO_SYMBOL ? 0 : (byte) symbol;
            } else if (!repeat(in, symbol, codeBits, total)) {
                return false;
            }
        }
        return true;
    }

    private boolean repeat(BitReader in, int symbol, int codeBits, int total) {
        int repeatBits =
                switch (symbol) {
                    case DeflateFormat.REPEAT_PREVIOUS -> 2;
                    case DeflateFormat.REPEAT_ZERO -> 3;
                    default -> 7;
                };
        if (!in.need(codeBits + repeatBits)) {
            return false;
        }
        in.drop(codeBits);
        byte repeated = 0;
        if (symbol == DeflateFormat.REPEAT_PREVIOUS) {
            if (lengthsRead == 0) {
                return broken("invalid bit length repeat");
            }
            repeated = codeLengths[lengthsRead - 1];
        }
        int times = in.take(repeatBits) + (symbol == DeflateFormat.REPEAT_ZERO_LONG ? 11 : 3);
        if (lengthsRead + times > total) {
            return broken("invalid bit length repeat");
        }
        Arrays.fill(codeLengths, lengthsRead, lengthsRead + times, repeated);
        lengthsRead += times;
        return true;
    }

    private boolean build() {
        if (codeLengths[END_OF_BLOCK] == 0) {
            return broken("invalid code -- missing end-of-block");
        }
        if (!literals.build(codeLengths, 0, literalCount, true)) {
            return broken("invalid literal/lengths set");
        }
        return distances.build(codeLengths, literalCount, distanceCount, true)
                || broken("invalid distances set");
    }

    private boolean broken(String why) {
        problem = why;
        return false;
    }
}
