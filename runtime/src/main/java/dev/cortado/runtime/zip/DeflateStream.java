package dev.cortado.runtime.zip;

import dev.cortado.runtime.zip.Compressor.Progress;

/**
 * Compresses to the deflate format, with or without the zlib wrapper, from and to pieces of any
 * size. It looks for matches as zlib does (level 0 apart, same input and parameters give the same
 * bytes) and takes the same numbers for level, strategy and flush. Not safe for use by several
 * threads at once.
 */
public final class DeflateStream {
    /** What {@link #deflate} ends with. */
    public enum Status {
        /** Input or room for output is used up. */
        OK,
        /** All is written: the end of a stream that was finished. */
        END,
        /** There was nothing to do, or no room to do it. */
        NO_PROGRESS,
        /** More input after the stream was finished. */
        MISUSE
    }

    /** Flush modes. */
    public static final int NO_FLUSH = 0;

    public static final int SYNC_FLUSH = 2;
    public static final int FULL_FLUSH = 3;
    public static final int FINISH = 4;
    private static final int BLOCK = 5;

    public static final int DEFAULT_LEVEL = -1;

    /** Strategies. */
    public static final int DEFAULT_STRATEGY = 0;

    public static final int FILTERED = 1;
    public static final int HUFFMAN_ONLY = 2;

    /** What came before the first flush, and before one that ran out of room. */
    private static final int NEVER_CALLED = -2;

    private static final int OUT_OF_ROOM = -1;

    private enum Phase {
        HEADER,
        BODY,
        FINISHED
    }

    private final boolean raw;
    private final DeflatePieces pieces = new DeflatePieces();
    private final BitWriter pending = new BitWriter();
    private final Compressor compressor;

    private Phase phase;
    private boolean trailerWritten;
    private int lastFlush;
    private int consumed;
    private int produced;

    /**
     * @param raw without the zlib wrapper
     * @throws IllegalArgumentException if there is no such level or strategy
     */
    public DeflateStream(int level, int strategy, boolean raw) {
        check(level, strategy);
        this.raw = raw;
        this.compressor = new Compressor(raw, pieces, pending);
        compressor.setParameters(Effort.level(level), strategy);
        reset();
    }

    private static void check(int level, int strategy) {
        if (level < DEFAULT_LEVEL
                || level >= Effort.levels()
                || strategy < DEFAULT_STRATEGY
                || strategy > HUFFMAN_ONLY) {
            throw new IllegalArgumentException();
        }
    }

    /** Back to the start of a new stream, with the same level and strategy. */
    public void reset() {
        pending.clear();
        compressor.clear();
        phase = Phase.HEADER;
        trailerWritten = false;
        lastFlush = NEVER_CALLED;
    }

    /** Adler-32 of the input so far, or of the dictionary; not kept for a raw stream. */
    public int adler() {
        return compressor.adler;
    }

    /** Bytes of input that the last call used. */
    public int consumed() {
        return consumed;
    }

    /** Bytes of output that the last call wrote. */
    public int produced() {
        return produced;
    }

    /**
     * Lets matches reach back into bytes that whoever decompresses knows too.
     *
     * @throws IllegalArgumentException if it is too late for that
     */
    public void setDictionary(byte[] dictionary, int offset, int length) {
        MatchFinder finder = compressor.finder;
        if (!raw && phase != Phase.HEADER || finder.lookahead != 0) {
            throw new IllegalArgumentException();
        }
        if (!raw) {
            compressor.adler = Checksums.adler32(compressor.adler, dictionary, offset, length);
        }
        int used = Math.min(length, DeflateFormat.WINDOW_SIZE);
        if (raw && length >= DeflateFormat.WINDOW_SIZE) {
            finder.clear();
        }
        pieces.openInput(dictionary, offset + length - used, used);
        compressor.enterDictionary();
        pieces.close();
    }

    /**
     * Changes level and strategy, after compressing what was taken in so far with the old ones.
     *
     * @return {@link Status#NO_PROGRESS} if there was not enough room for that: nothing has changed
     *     yet, call again with the input that is left
     * @throws IllegalArgumentException if there is no such level or strategy
     */
    public Status setParameters(
            int newLevel,
            int newStrategy,
            byte[] from,
            int fromOffset,
            int fromLength,
            byte[] to,
            int toOffset,
            int toLength) {
        check(newLevel, newStrategy);
        int level = compressor.level();
        int wanted = Effort.level(newLevel);
        consumed = 0;
        produced = 0;
        if ((newStrategy != compressor.strategy()
                        || Effort.of(wanted).method() != Effort.of(level).method())
                && lastFlush != NEVER_CALLED) {
            Status status = deflate(from, fromOffset, fromLength, to, toOffset, toLength, BLOCK);
            if (status == Status.MISUSE) {
                return status;
            }
            if (consumed < fromLength || compressor.hasInput()) {
                return Status.NO_PROGRESS;
            }
            compressor.startMatching();
        }
        if (level == 0 && wanted != 0) {
            compressor.finder.forget();
        }
        compressor.setParameters(wanted, newStrategy);
        return Status.OK;
    }

    /** Compresses until input or room for output is used up, or all is flushed as asked. */
    public Status deflate(
            byte[] from,
            int fromOffset,
            int fromLength,
            byte[] to,
            int toOffset,
            int toLength,
            int flush) {
        pieces.openInput(from, fromOffset, fromLength);
        pieces.openOutput(to, toOffset, toLength);
        Status status = run(flush);
        consumed = pieces.inputNext - fromOffset;
        produced = pieces.outputNext() - toOffset;
        pieces.close();
        return status;
    }

    private Status run(int flush) {
        if (phase == Phase.FINISHED && flush != FINISH) {
            return Status.MISUSE;
        }
        if (pieces.isFull()) {
            return Status.NO_PROGRESS;
        }
        int previousFlush = lastFlush;
        lastFlush = flush;
        if (!pending.isEmpty()) {
            if (!flushPending()) {
                return Status.OK;
            }
        } else if (pieces.available() == 0
                && rank(flush) <= rank(previousFlush)
                && flush != FINISH) {
            return Status.NO_PROGRESS;
        }
        if (phase == Phase.FINISHED && pieces.available() != 0) {
            return Status.NO_PROGRESS;
        }
        if (phase == Phase.HEADER) {
            phase = Phase.BODY;
            if (!raw) {
                writeHeader();
                flushPending();
                if (!pending.isEmpty()) {
                    lastFlush = OUT_OF_ROOM;
                    return Status.OK;
                }
            }
        }
        if ((pieces.available() != 0
                        || compressor.finder.lookahead != 0
                        || flush != NO_FLUSH && phase != Phase.FINISHED)
                && !compress(flush)) {
            return Status.OK;
        }
        if (flush != FINISH) {
            return Status.OK;
        }
        if (!raw && !trailerWritten) {
            writeAdler();
            trailerWritten = true;
            flushPending();
            return pending.isEmpty() ? Status.END : Status.OK;
        }
        return Status.END;
    }

    /** {@link #BLOCK} comes between the two first flush modes. */
    private static int rank(int flush) {
        return 2 * flush - (flush > FINISH ? 9 : 0);
    }

    private void writeHeader() {
        int level = compressor.level();
        int effort;
        if (compressor.strategy() >= HUFFMAN_ONLY || level < 2) {
            effort = 0;
        } else if (level < 6) {
            effort = 1;
        } else {
            effort = level == 6 ? 2 : 3;
        }
        boolean dictionary = compressor.finder.position != 0;
        int header =
                (DeflateFormat.WINDOW_BITS - 8 << 4 | DeflateFormat.METHOD_DEFLATE) << 8
                        | effort << 6
                        | (dictionary ? DeflateFormat.FLAG_DICTIONARY : 0);
        header += DeflateFormat.HEADER_MODULUS - header % DeflateFormat.HEADER_MODULUS;
        pending.writeShort(header);
        if (dictionary) {
            writeAdler();
        }
        compressor.adler = Checksums.ADLER32_START;
    }

    private void writeAdler() {
        pending.writeShort(compressor.adler >>> 16);
        pending.writeShort(compressor.adler);
    }

    /** Returns false if there is no more to do in this call. */
    private boolean compress(int flush) {
        Progress progress = compressor.compress(flush);
        if (progress == Progress.FINISH_STARTED || progress == Progress.FINISH_DONE) {
            phase = Phase.FINISHED;
        }
        if (progress == Progress.NEEDS_MORE || progress == Progress.FINISH_STARTED) {
            if (pieces.isFull()) {
                lastFlush = OUT_OF_ROOM;
            }
            return false;
        }
        if (progress == Progress.BLOCK_DONE) {
            if (flush != BLOCK) {
                compressor.writeMark(flush == FULL_FLUSH);
            }
            return flushPending();
        }
        return true;
    }

    /** Returns false if the room for output is used up. */
    private boolean flushPending() {
        if (pieces.write(pending)) {
            return true;
        }
        lastFlush = OUT_OF_ROOM;
        return false;
    }
}
