package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.END_OF_BLOCK;
import static dev.cortado.runtime.zip.DeflateFormat.FIXED_LITERAL_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_CODES;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_ORDER;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.LITERALS;
import static dev.cortado.runtime.zip.DeflateFormat.LITERAL_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.MAX_MATCH;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decompresses the deflate format, with or without the zlib wrapper, from and to pieces of any
 * size. Takes in and gives out as many bytes at each call as zlib's {@code inflate(Z_SYNC_FLUSH)}
 * does, and calls errors by the same names. Not safe for use by several threads at once.
 */
public final class InflateStream {
    /** What {@link #inflate} ends with. */
    public enum Status {
        /** Input or room for output is used up. */
        OK,
        /** The stream has ended; what follows in the input is not part of it. */
        END,
        /** The stream was compressed with a dictionary: see {@link #setDictionary}. */
        NEEDS_DICTIONARY,
        /** The input is not such a stream: see {@link #message}. */
        BROKEN
    }

    private enum State {
        HEADER,
        DICTIONARY_ID,
        DICTIONARY,
        BLOCK,
        STORED_LENGTH,
        STORED_BYTES,
        TABLE_SIZES,
        LENGTH_LENGTHS,
        CODE_LENGTHS,
        SYMBOL,
        LENGTH_EXTRA_BITS,
        DISTANCE,
        DISTANCE_EXTRA_BITS,
        MATCH,
        CHECK,
        END,
        BROKEN
    }

    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final HuffmanTable FIXED_LITERALS = new HuffmanTable(FIXED_LITERAL_SYMBOLS);
    private static final HuffmanTable FIXED_DISTANCES = new HuffmanTable(32);

    static {
        FIXED_LITERALS.build(DeflateFormat.fixedLiteralLengths(), 0, FIXED_LITERAL_SYMBOLS, false);
        byte[] five = new byte[32];
        Arrays.fill(five, (byte) 5);
        FIXED_DISTANCES.build(five, 0, five.length, false);
    }

    private final boolean raw;
    private final SlidingWindow window = new SlidingWindow();
    private final HuffmanTable lengthCode = new HuffmanTable(LENGTH_SYMBOLS);
    private final HuffmanTable dynamicLiterals = new HuffmanTable(LITERAL_SYMBOLS);
    private final HuffmanTable dynamicDistances = new HuffmanTable(DISTANCE_SYMBOLS);
    private final byte[] codeLengths = new byte[LITERAL_SYMBOLS + DISTANCE_SYMBOLS];

    private State state;
    private boolean lastBlock;
    private boolean hasDictionary;
    private int adler;
    private String message;

    /** Bits taken from the input and not yet used, lowest first; those above {@code bits} are 0. */
    private long hold;

    private int bits;

    private HuffmanTable literals;
    private HuffmanTable distances;
    private int literalCount;
    private int distanceCount;
    private int lengthCount;
    private int lengthsRead;

    /** The stored bytes or the match to copy. */
    private int length;

    private int distance;
    private int extraBits;

    private byte[] input;
    private int inputNext;
    private int inputEnd;
    private byte[] output;
    private int outputStart;
    private int outputNext;
    private int outputEnd;
    private int checked;
    private int consumed;
    private int produced;

    /**
     * @param raw without the zlib wrapper
     */
    public InflateStream(boolean raw) {
        this.raw = raw;
        reset();
    }

    /** Back to the start of a new stream. */
    public void reset() {
        state = State.HEADER;
        lastBlock = false;
        hasDictionary = false;
        adler = raw ? 0 : Checksums.ADLER32_START;
        message = null;
        hold = 0;
        bits = 0;
        window.clear();
    }

    /** Adler-32 of the output so far, or of the dictionary that is asked for. */
    public int adler() {
        return adler;
    }

    /** Why the stream is broken, in zlib's words; null if it is not. */
    public String message() {
        return message;
    }

    /** Bytes of input that the last call of {@link #inflate} used. */
    public int consumed() {
        return consumed;
    }

    /** Bytes of output that the last call of {@link #inflate} wrote. */
    public int produced() {
        return produced;
    }

    /**
     * Gives the dictionary that the stream asks for, or, before the start of a raw stream, the one
     * that it was compressed with.
     *
     * @return false if the stream wants none now, or another one
     */
    public boolean setDictionary(byte[] dictionary, int offset, int count) {
        if (!raw
                && (state != State.DICTIONARY
                        || Checksums.adler32(Checksums.ADLER32_START, dictionary, offset, count)
                                != adler)) {
            return false;
        }
        window.append(dictionary, offset, count);
        hasDictionary = true;
        return true;
    }

    /** Decompresses until input or room for output is used up, or the stream ends. */
    public Status inflate(
            byte[] from, int fromOffset, int fromLength, byte[] to, int toOffset, int toLength) {
        input = from;
        inputNext = fromOffset;
        inputEnd = fromOffset + fromLength;
        output = to;
        outputStart = toOffset;
        outputNext = toOffset;
        outputEnd = toOffset + toLength;
        checked = toOffset;
        Status status = run();
        updateChecksum();
        consumed = inputNext - fromOffset;
        produced = outputNext - outputStart;
        if (status != Status.END) {
            window.append(to, toOffset, produced);
        }
        input = null;
        output = null;
        return status;
    }

    private Status run() {
        while (true) {
            boolean goesOn =
                    switch (state) {
                        case HEADER -> header();
                        case DICTIONARY_ID -> dictionaryId();
                        case DICTIONARY -> dictionary();
                        case BLOCK -> block();
                        case STORED_LENGTH -> storedLength();
                        case STORED_BYTES -> storedBytes();
                        case TABLE_SIZES -> tableSizes();
                        case LENGTH_LENGTHS -> lengthLengths();
                        case CODE_LENGTHS -> codeLengths();
                        case SYMBOL -> symbol();
                        case LENGTH_EXTRA_BITS -> lengthExtraBits();
                        case DISTANCE -> distance();
                        case DISTANCE_EXTRA_BITS -> distanceExtraBits();
                        case MATCH -> match();
                        case CHECK -> check();
                        case END, BROKEN -> false;
                    };
            if (!goesOn) {
                return switch (state) {
                    case END -> Status.END;
                    case BROKEN -> Status.BROKEN;
                    case DICTIONARY -> Status.NEEDS_DICTIONARY;
                    default -> Status.OK;
                };
            }
        }
    }

    // Each state's method returns false if it cannot go on now.

    private boolean header() {
        if (raw) {
            return become(State.BLOCK);
        }
        if (!need(16)) {
            return false;
        }
        int method = peek(8);
        int flags = (int) hold >>> 8;
        if ((method << 8 | flags) % DeflateFormat.HEADER_MODULUS != 0) {
            return broken("incorrect header check");
        }
        if ((method & 15) != DeflateFormat.METHOD_DEFLATE) {
            return broken("unknown compression method");
        }
        if ((method >>> 4) + 8 > DeflateFormat.WINDOW_BITS) {
            return broken("invalid window size");
        }
        drop(16);
        adler = Checksums.ADLER32_START;
        return become(
                (flags & DeflateFormat.FLAG_DICTIONARY) != 0 ? State.DICTIONARY_ID : State.BLOCK);
    }

    private boolean dictionaryId() {
        if (!need(32)) {
            return false;
        }
        adler = Integer.reverseBytes((int) hold);
        drop(32);
        return become(State.DICTIONARY);
    }

    private boolean dictionary() {
        if (!hasDictionary) {
            return false;
        }
        adler = Checksums.ADLER32_START;
        return become(State.BLOCK);
    }

    private boolean block() {
        if (lastBlock) {
            drop(bits & 7);
            return become(State.CHECK);
        }
        if (!need(3)) {
            return false;
        }
        lastBlock = take(1) != 0;
        switch (take(2)) {
            case DeflateFormat.STORED:
                return become(State.STORED_LENGTH);
            case DeflateFormat.FIXED:
                literals = FIXED_LITERALS;
                distances = FIXED_DISTANCES;
                return become(State.SYMBOL);
            case DeflateFormat.DYNAMIC:
                return become(State.TABLE_SIZES);
            default:
                return broken("invalid block type");
        }
    }

    private boolean storedLength() {
        drop(bits & 7);
        if (!need(32)) {
            return false;
        }
        length = peek(16);
        if (length != ((int) (hold >>> 16) & 0xffff ^ 0xffff)) {
            return broken("invalid stored block lengths");
        }
        drop(32);
        return become(State.STORED_BYTES);
    }

    private boolean storedBytes() {
        int count = Math.min(length, Math.min(inputEnd - inputNext, outputEnd - outputNext));
        System.arraycopy(input, inputNext, output, outputNext, count);
        inputNext += count;
        outputNext += count;
        length -= count;
        return length == 0 && become(State.BLOCK);
    }

    private boolean tableSizes() {
        if (!need(14)) {
            return false;
        }
        literalCount = take(5) + 257;
        distanceCount = take(5) + 1;
        lengthCount = take(4) + 4;
        if (literalCount > LITERAL_SYMBOLS || distanceCount > DISTANCE_SYMBOLS) {
            return broken("too many length or distance symbols");
        }
        Arrays.fill(codeLengths, 0, LENGTH_SYMBOLS, (byte) 0);
        lengthsRead = 0;
        return become(State.LENGTH_LENGTHS);
    }

    private boolean lengthLengths() {
        while (lengthsRead < lengthCount) {
            if (!need(3)) {
                return false;
            }
            codeLengths[LENGTH_ORDER[lengthsRead++]] = (byte) take(3);
        }
        if (!lengthCode.build(codeLengths, 0, LENGTH_SYMBOLS, false)) {
            return broken("invalid code lengths set");
        }
        lengthsRead = 0;
        return become(State.CODE_LENGTHS);
    }

    private boolean codeLengths() {
        int total = literalCount + distanceCount;
        while (lengthsRead < total) {
            int entry = find(lengthCode);
            if (entry == HuffmanTable.INCOMPLETE) {
                return false;
            }
            int symbol = entry >>> 4;
            int codeBits = entry & 15;
            if (symbol < DeflateFormat.REPEAT_PREVIOUS || symbol == HuffmanTable.NO_SYMBOL) {
                drop(codeBits);
                codeLengths[lengthsRead++] = symbol == HuffmanTable.NO_SYMBOL ? 0 : (byte) symbol;
                continue;
            }
            int repeatBits =
                    switch (symbol) {
                        case DeflateFormat.REPEAT_PREVIOUS -> 2;
                        case DeflateFormat.REPEAT_ZERO -> 3;
                        default -> 7;
                    };
            if (!need(codeBits + repeatBits)) {
                return false;
            }
            drop(codeBits);
            byte repeated = 0;
            if (symbol == DeflateFormat.REPEAT_PREVIOUS) {
                if (lengthsRead == 0) {
                    return broken("invalid bit length repeat");
                }
                repeated = codeLengths[lengthsRead - 1];
            }
            int times = take(repeatBits) + (symbol == DeflateFormat.REPEAT_ZERO_LONG ? 11 : 3);
            if (lengthsRead + times > total) {
                return broken("invalid bit length repeat");
            }
            Arrays.fill(codeLengths, lengthsRead, lengthsRead + times, repeated);
            lengthsRead += times;
        }
        if (codeLengths[END_OF_BLOCK] == 0) {
            return broken("invalid code -- missing end-of-block");
        }
        if (!dynamicLiterals.build(codeLengths, 0, literalCount, true)) {
            return broken("invalid literal/lengths set");
        }
        if (!dynamicDistances.build(codeLengths, literalCount, distanceCount, true)) {
            return broken("invalid distances set");
        }
        literals = dynamicLiterals;
        distances = dynamicDistances;
        return become(State.SYMBOL);
    }

    private boolean symbol() {
        if (inputEnd - inputNext >= Long.BYTES && outputEnd - outputNext >= MAX_MATCH) {
            return symbols();
        }
        int entry = find(literals);
        if (entry == HuffmanTable.INCOMPLETE) {
            return false;
        }
        int symbol = entry >>> 4;
        if (symbol < LITERALS) {
            if (outputNext == outputEnd) {
                return false;
            }
            drop(entry & 15);
            output[outputNext++] = (byte) symbol;
            return true;
        }
        drop(entry & 15);
        if (symbol == END_OF_BLOCK) {
            return become(State.BLOCK);
        }
        int index = symbol - LITERALS - 1;
        if (index >= LENGTH_CODES) {
            return broken("invalid literal/length code");
        }
        length = LENGTH_BASE[index];
        extraBits = LENGTH_EXTRA[index];
        return become(State.LENGTH_EXTRA_BITS);
    }

    private boolean lengthExtraBits() {
        if (!need(extraBits)) {
            return false;
        }
        length += take(extraBits);
        return become(State.DISTANCE);
    }

    private boolean distance() {
        int entry = find(distances);
        if (entry == HuffmanTable.INCOMPLETE) {
            return false;
        }
        drop(entry & 15);
        int symbol = entry >>> 4;
        if (symbol >= DISTANCE_SYMBOLS) {
            return broken("invalid distance code");
        }
        distance = DISTANCE_BASE[symbol];
        extraBits = DISTANCE_EXTRA[symbol];
        return become(State.DISTANCE_EXTRA_BITS);
    }

    private boolean distanceExtraBits() {
        if (!need(extraBits)) {
            return false;
        }
        distance += take(extraBits);
        return become(State.MATCH);
    }

    private boolean match() {
        int room = outputEnd - outputNext;
        if (room == 0) {
            return false;
        }
        if (distance > outputNext - outputStart + window.filled()) {
            return broken("invalid distance too far back");
        }
        int count = Math.min(length, room);
        outputNext = copyMatch(output, outputNext, distance, count);
        length -= count;
        return length != 0 || become(State.SYMBOL);
    }

    private boolean check() {
        if (!raw) {
            if (!need(32)) {
                return false;
            }
            updateChecksum();
            if (Integer.reverseBytes((int) hold) != adler) {
                return broken("incorrect data check");
            }
            drop(32);
        }
        state = State.END;
        return false;
    }

    /**
     * Many symbols in a row, while there are surely enough input and room for one more, so that
     * neither has to be checked within one. Bytes read ahead are given back at the end.
     */
    private boolean symbols() {
        byte[] in = input;
        byte[] out = output;
        int next = inputNext;
        int put = outputNext;
        int inputLimit = inputEnd - Long.BYTES;
        int outputLimit = outputEnd - MAX_MATCH;
        long held = hold;
        int count = bits;
        String error = null;
        boolean ended = false;
        while (next <= inputLimit && put <= outputLimit) {
            // To at least 56 bits: a symbol with its match takes 15 + 5 + 15 + 13.
            held |= (long) LITTLE_ENDIAN_LONG.get(in, next) << count;
            next += 63 - count >>> 3;
            count |= 56;
            int entry = literals.find(held, count);
            held >>>= entry & 15;
            count -= entry & 15;
            int symbol = entry >>> 4;
            if (symbol < LITERALS) {
                out[put++] = (byte) symbol;
                continue;
            }
            if (symbol == END_OF_BLOCK) {
                ended = true;
                break;
            }
            int index = symbol - LITERALS - 1;
            if (index >= LENGTH_CODES) {
                error = "invalid literal/length code";
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
                error = "invalid distance code";
                break;
            }
            extra = DISTANCE_EXTRA[symbol];
            int matchDistance = DISTANCE_BASE[symbol] + ((int) held & (1 << extra) - 1);
            held >>>= extra;
            count -= extra;
            if (matchDistance > put - outputStart + window.filled()) {
                error = "invalid distance too far back";
                break;
            }
            put = copyMatch(out, put, matchDistance, matchLength);
        }
        inputNext = next - (count >>> 3);
        bits = count & 7;
        hold = held & (1L << bits) - 1;
        outputNext = put;
        if (error != null) {
            return broken(error);
        }
        if (ended) {
            return become(State.BLOCK);
        }
        return true;
    }

    /** Returns where the output goes on. */
    private int copyMatch(byte[] out, int put, int back, int count) {
        int left = count;
        int to = put;
        int beyond = back - (to - outputStart);
        if (beyond > 0) {
            int fromWindow = Math.min(beyond, left);
            window.copy(beyond, out, to, fromWindow);
            to += fromWindow;
            left -= fromWindow;
            if (left == 0) {
                return to;
            }
        }
        if (back >= left) {
            System.arraycopy(out, to - back, out, to, left);
            return to + left;
        }
        for (int end = to + left; to < end; to++) {
            out[to] = out[to - back];
        }
        return to;
    }

    private void updateChecksum() {
        if (!raw && outputNext > checked) {
            adler = Checksums.adler32(adler, output, checked, outputNext - checked);
            checked = outputNext;
        }
    }

    private boolean become(State next) {
        state = next;
        return true;
    }

    private boolean broken(String why) {
        message = why;
        state = State.BROKEN;
        return true;
    }

    /** Takes no more input than it must, as bytes behind the stream's end are not ours. */
    private boolean need(int count) {
        while (bits < count) {
            if (!pull()) {
                return false;
            }
        }
        return true;
    }

    private boolean pull() {
        if (inputNext == inputEnd) {
            return false;
        }
        hold |= (input[inputNext++] & 0xffL) << bits;
        bits += 8;
        return true;
    }

    private int find(HuffmanTable table) {
        int entry;
        do {
            entry = table.find(hold, bits);
        } while (entry == HuffmanTable.INCOMPLETE && pull());
        return entry;
    }

    private int peek(int count) {
        return (int) hold & (1 << count) - 1;
    }

    private void drop(int count) {
        hold >>>= count;
        bits -= count;
    }

    private int take(int count) {
        int value = peek(count);
        drop(count);
        return value;
    }
}
