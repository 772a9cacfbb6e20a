package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.DISTANCE_SYMBOLS;
import static dev.cortado.runtime.zip.DeflateFormat.END_OF_BLOCK;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_BASE;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_CODES;
import static dev.cortado.runtime.zip.DeflateFormat.LENGTH_EXTRA;
import static dev.cortado.runtime.zip.DeflateFormat.LITERALS;

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
        DYNAMIC_CODE,
        SYMBOL,
        LENGTH_EXTRA_BITS,
        DISTANCE,
        DISTANCE_EXTRA_BITS,
        MATCH,
        CHECK,
        END,
        BROKEN
    }

    private final boolean raw;
    private final BitReader in = new BitReader();
    private final InflateOutput out = new InflateOutput();
    private final DynamicCode dynamic = new DynamicCode();

    private State state;
    private boolean lastBlock;
    private boolean hasDictionary;
    private int adler;
    private String message;

    private HuffmanTable literals;
    private HuffmanTable distances;

    /** The stored bytes or the match to copy. */
    private int length;

    private int distance;
    private int extraBits;

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
        in.clear();
        out.clear();
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
     * @throws IllegalArgumentException if the stream wants none now, or another one
     */
    public void setDictionary(byte[] dictionary, int offset, int count) {
        if (!raw
                && (state != State.DICTIONARY
                        || Checksums.adler32(Checksums.ADLER32_START, dictionary, offset, count)
                                != adler)) {
            throw new IllegalArgumentException();
        }
        out.remember(dictionary, offset, count);
        hasDictionary = true;
    }

    /** Decompresses until input or room for output is used up, or the stream ends. */
    public Status inflate(
            byte[] from, int fromOffset, int fromLength, byte[] to, int toOffset, int toLength) {
        in.open(from, fromOffset, fromLength);
        out.open(to, toOffset, toLength);
        checked = toOffset;
        Status status = run();
        updateChecksum();
        consumed = in.next - fromOffset;
        produced = out.produced();
        if (status != Status.END) {
            out.remember(to, toOffset, produced);
        }
        in.input = null;
        out.output = null;
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
                        case DYNAMIC_CODE -> dynamicCode();
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
        if (!in.need(16)) {
            return false;
        }
        int method = in.peek(8);
        int flags = (int) in.hold >>> 8;
        if ((method << 8 | flags) % DeflateFormat.HEADER_MODULUS != 0) {
            return broken("incorrect header check");
        }
        if ((method & 15) != DeflateFormat.METHOD_DEFLATE) {
            return broken("unknown compression method");
        }
        if ((method >>> 4) + 8 > DeflateFormat.WINDOW_BITS) {
            return broken("invalid window size");
        }
        in.drop(16);
        adler = Checksums.ADLER32_START;
        return become(
                (flags & DeflateFormat.FLAG_DICTIONARY) != 0 ? State.DICTIONARY_ID : State.BLOCK);
    }

    private boolean dictionaryId() {
        if (!in.need(32)) {
            return false;
        }
        adler = Integer.reverseBytes((int) in.hold);
        in.drop(32);
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
            in.dropToByte();
            return become(State.CHECK);
        }
        if (!in.need(3)) {
            return false;
        }
        lastBlock = in.take(1) != 0;
        switch (in.take(2)) {
            case DeflateFormat.STORED:
                return become(State.STORED_LENGTH);
            case DeflateFormat.FIXED:
                literals = FixedCode.LITERALS;
                distances = FixedCode.DISTANCES;
                return become(State.SYMBOL);
            case DeflateFormat.DYNAMIC:
                dynamic.start();
                return become(State.DYNAMIC_CODE);
            default:
                return broken("invalid block type");
        }
    }

    private boolean storedLength() {
        in.dropToByte();
        if (!in.need(32)) {
            return false;
        }
        length = in.peek(16);
        if (length != ((int) (in.hold >>> 16) & 0xffff ^ 0xffff)) {
            return broken("invalid stored block lengths");
        }
        in.drop(32);
        return become(State.STORED_BYTES);
    }

    private boolean storedBytes() {
        int count = Math.min(length, Math.min(in.available(), out.room()));
        System.arraycopy(in.input, in.next, out.output, out.next, count);
        in.next += count;
        out.next += count;
        length -= count;
        return length == 0 && become(State.BLOCK);
    }

    private boolean dynamicCode() {
        if (!dynamic.read(in)) {
            return dynamic.problem() != null && broken(dynamic.problem());
        }
        literals = dynamic.literals();
        distances = dynamic.distances();
        return become(State.SYMBOL);
    }

    private boolean symbol() {
        if (SymbolRun.isPossible(in, out)) {
            return symbols();
        }
        int entry = in.find(literals);
        if (entry == HuffmanTable.INCOMPLETE) {
            return false;
        }
        int symbol = entry >>> 4;
        if (symbol < LITERALS) {
            if (out.room() == 0) {
                return false;
            }
            in.drop(entry & 15);
            out.output[out.next++] = (byte) symbol;
            return true;
        }
        in.drop(entry & 15);
        if (symbol == END_OF_BLOCK) {
            return become(State.BLOCK);
        }
        int index = symbol - LITERALS - 1;
        if (index >= LENGTH_CODES) {
            return broken(SymbolRun.Outcome.BAD_LENGTH.problem);
        }
        length = LENGTH_BASE[index];
        extraBits = LENGTH_EXTRA[index];
        return become(State.LENGTH_EXTRA_BITS);
    }

    private boolean symbols() {
        SymbolRun.Outcome outcome = SymbolRun.decode(in, out, literals, distances);
        if (outcome.problem != null) {
            return broken(outcome.problem);
        }
        return outcome == SymbolRun.Outcome.GOES_ON || become(State.BLOCK);
    }

    private boolean lengthExtraBits() {
        if (!in.need(extraBits)) {
            return false;
        }
        length += in.take(extraBits);
        return become(State.DISTANCE);
    }

    private boolean distance() {
        int entry = in.find(distances);
        if (entry == HuffmanTable.INCOMPLETE) {
            return false;
        }
        in.drop(entry & 15);
        int symbol = entry >>> 4;
        if (symbol >= DISTANCE_SYMBOLS) {
            return broken(SymbolRun.Outcome.BAD_DISTANCE.problem);
        }
        distance = DISTANCE_BASE[symbol];
        extraBits = DISTANCE_EXTRA[symbol];
        return become(State.DISTANCE_EXTRA_BITS);
    }

    private boolean distanceExtraBits() {
        if (!in.need(extraBits)) {
            return false;
        }
        distance += in.take(extraBits);
        return become(State.MATCH);
    }

    private boolean match() {
        int room = out.room();
        if (room == 0) {
            return false;
        }
        if (distance > out.reach(out.next)) {
            return broken(SymbolRun.Outcome.TOO_FAR_BACK.problem);
        }
        int count = Math.min(length, room);
        out.next = out.copyMatch(out.output, out.next, distance, count);
        length -= count;
        return length != 0 || become(State.SYMBOL);
    }

    private boolean check() {
        if (!raw) {
            if (!in.need(32)) {
                return false;
            }
            updateChecksum();
            if (Integer.reverseBytes((int) in.hold) != adler) {
                return broken("incorrect data check");
            }
            in.drop(32);
        }
        state = State.END;
        return false;
    }

    private void updateChecksum() {
        if (!raw && out.next > checked) {
            adler = Checksums.adler32(adler, out.output, checked, out.next - checked);
            checked = out.next;
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
}
