package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.END_OF_BLOCK;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_CODES;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.LITERALS;
import static dev.cortado.runtime.zip.DeflateFormat.MAX_MATCH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Many symbols in a row, while there are surely enough input and room for one more, so that neither
 * has to be checked within one. Bytes read ahead are given back at the end.
 */
final class SymbolRun {
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What a run ends with. */
    enum Outcome {
        /** The next symbol may need more input or room than there is. */
        GOES_ON(null),
        BLOCK_ENDED(null),
        BAD_LENGTH("invalid literal/length code"),
        BAD_DISTANCE("invalid distance code"),
        TOO_FAR_BACK("invalid distance too far back");

        /** In zlib's words; null if nothing is wrong. */
        final String problem;

        Outcome(String problem) {
            this.problem = problem;
        }
    }

    private SymbolRun() {}

    static boolean isPossible(BitReader in, InflateOutput out) {
        return in.available() >= Long.BYTES && out.room() >= MAX_MATCH;
    }

    static Outcome decode(
            BitReader in, InflateOutput out, HuffmanTable literals, HuffmanTable distances) {
        byte[] from = in.input;
        byte[] to = out.output;
        int next = in.next;
        int put = out.next;
        int inputLimit = in.end - Long.BYTES;
        int outputLimit = out.end - MAX_MATCH;
        long held = in.hold;
        int count = in.bits;
        Outcome outcome = Outcome.GOES_ON;
        while (next <= inputLimit && put <= outputLimit) {
            // To at least 56 bits: a symbol with its match takes 15 + 5 + 15 + 13.
            held |= (long) LITTLE_ENDIAN_LONG.get(from, next) << count;
            next += 63 - count >>> 3;
            count |= 56;
            int entry = literals.find(held, count);
            held >>>= entry & 15;
            count -= entry & 15;
            int symbol = entry >>> 4;
            if (symbol < LITERALS) {
                to[put++] = (byte) symbol;
                continue;
            }
            if (symbol == END_OF_BLOCK) {
                outcome = Outcome.BLOCK_ENDED;
                break;
            }
            int index = symbol - LITERALS - 1;
            if (index >= LENGTH_CODES) {
                outcome = Outcome.BAD_LENGTH;
                break;
            }
            int extra = LENGTH_EXTRA[index];
            int matchLength = LENGTH_BASE[index] + ((int) held & (1 << extra) - 1);
            held >>>= extra;
            count -= extra;
            entry = distances.find(held, count);
            held >>>= entry & 15;
            count -= entry & 15;
            symbol = entry >>> 4;
            if (symbol >= DISTANCE_SYMBOLS) {
                outcome = Outcome.BAD_DISTANCE;
                break;
            }
            extra = DISTANCE_EXTRA[symbol];
            int matchDistance = DISTANCE_BASE[symbol] + ((int) held & (1 << extra) - 1);
            held >>>= extra;
            count -= extra;
            if (matchDistance > out.reach(put)) {
                outcome = Outcome.TOO_FAR_BACK;
                break;
            }
            put = out.copyMatch(to, put, matchDistance, matchLength);
        }
        in.next = next - (count >>> 3);
        in.bits = count & 7;
        in.hold = held & (1L << in.bits) - 1;
        out.next = put;
        return outcome;
    }
}
