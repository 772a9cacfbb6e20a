package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.MIN_MATCH;

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

    /** A match of three bytes that far away costs more than the bytes. */
    private static final int TOO_FAR = 4096;

    private static final int MAX_STORED = 0xffff;

    /**
     * How hard a level tries.
     *
     * @param good a match of this length makes the search for a better one shorter
     * @param lazy a match of this length is taken at once; for a level that is not lazy, strings in
     *     longer matches are not entered
     * @param nice a match of this length ends the search
     * @param chain how many candidates to look at
     */
    private record Effort(Method method, int good, int lazy, int nice, int chain) {}

    private enum Method {
        STORED,
        GREEDY,
        LAZY
    }

    private static final Effort[] EFFORTS = {
        new Effort(Method.STORED, 0, 0, 0, 0),
        new Effort(Method.GREEDY, 4, 4, 8, 4),
        new Effort(Method.GREEDY, 4, 5, 16, 8),
        new Effort(Method.GREEDY, 4, 6, 32, 32),
        new Effort(Method.LAZY, 4, 4, 16, 16),
        new Effort(Method.LAZY, 8, 16, 32, 32),
        new Effort(Method.LAZY, 8, 16, 128, 128),
        new Effort(Method.LAZY, 8, 32, 128, 256),
        new Effort(Method.LAZY, 32, 128, 258, 1024),
        new Effort(Method.LAZY, 32, 258, 258, 4096),
    };

    private enum Phase {
        HEADER,
        BODY,
        FINISHED
    }

    /** How the compression of some input ended. */
    private enum Progress {
        NEEDS_MORE,
        BLOCK_DONE,
        FINISH_STARTED,
        FINISH_DONE
    }

    private final boolean raw;
    private final BitWriter pending = new BitWriter();
    private final BlockWriter block = new BlockWriter(pending);
    private final MatchFinder finder = new MatchFinder();

    private int level;
    private int strategy;
    private Phase phase;
    private boolean trailerWritten;
    private int lastFlush;
    private int adler;
    private int matchLength;
    private int previousLength;
    private boolean literalWaits;

    private byte[] input;
    private int inputNext;
    private int inputEnd;
    private byte[] output;
    private int outputNext;
    private int outputEnd;
    private int consumed;
    private int produced;

    /**
     * @param raw without the zlib wrapper
     * @throws IllegalArgumentException if there is no such level or strategy
     */
    public DeflateStream(int level, int strategy, boolean raw) {
        check(level, strategy);
        this.level = level == DEFAULT_LEVEL ? 6 : level;
        this.strategy = strategy;
        this.raw = raw;
        reset();
    }

    private static void check(int level, int strategy) {
        if (level < DEFAULT_LEVEL
                || level >= EFFORTS.length
                || strategy < DEFAULT_STRATEGY
                || strategy > HUFFMAN_ONLY) {
            throw new IllegalArgumentException();
        }
    }

    /** Back to the start of a new stream, with the same level and strategy. */
    public void reset() {
        pending.clear();
        block.clear();
        finder.clear();
        phase = Phase.HEADER;
        trailerWritten = false;
        lastFlush = NEVER_CALLED;
        adler = Checksums.ADLER32_START;
        startMatching();
    }

    private void startMatching() {
        matchLength = MIN_MATCH - 1;
        previousLength = MIN_MATCH - 1;
        literalWaits = false;
    }

    /** Adler-32 of the input so far, or of the dictionary; not kept for a raw stream. */
    public int adler() {
        return adler;
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
     * @return false if it is too late for that
     */
    public boolean setDictionary(byte[] dictionary, int offset, int length) {
        if (!raw && phase != Phase.HEADER || finder.lookahead != 0) {
            return false;
        }
        if (!raw) {
            adler = Checksums.adler32(adler, dictionary, offset, length);
        }
        int used = Math.min(length, DeflateFormat.WINDOW_SIZE);
        if (raw && length >= DeflateFormat.WINDOW_SIZE) {
            finder.clear();
        }
        input = dictionary;
        inputNext = offset + length - used;
        inputEnd = offset + length;
        fillWindow(false);
        while (finder.lookahead >= MIN_MATCH) {
            int end = finder.position + finder.lookahead - (MIN_MATCH - 1);
            while (finder.position < end) {
                finder.enter(finder.position++);
            }
            finder.lookahead = MIN_MATCH - 1;
            fillWindow(false);
        }
        finder.position += finder.lookahead;
        finder.blockStart = finder.position;
        finder.notEntered = finder.lookahead;
        finder.lookahead = 0;
        startMatching();
        input = null;
        return true;
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
        int wanted = newLevel == DEFAULT_LEVEL ? 6 : newLevel;
        consumed = 0;
        produced = 0;
        if ((newStrategy != strategy || EFFORTS[wanted].method() != EFFORTS[level].method())
                && lastFlush != NEVER_CALLED) {
            Status status = deflate(from, fromOffset, fromLength, to, toOffset, toLength, BLOCK);
            if (status == Status.MISUSE) {
                return status;
            }
            if (consumed < fromLength
                    || finder.position - finder.blockStart + finder.lookahead != 0) {
                return Status.NO_PROGRESS;
            }
            startMatching();
        }
        if (level == 0 && wanted != 0) {
            finder.forget();
        }
        level = wanted;
        strategy = newStrategy;
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
        input = from;
        inputNext = fromOffset;
        inputEnd = fromOffset + fromLength;
        output = to;
        outputNext = toOffset;
        outputEnd = toOffset + toLength;
        Status status = run(flush);
        consumed = inputNext - fromOffset;
        produced = outputNext - toOffset;
        input = null;
        output = null;
        return status;
    }

    private Status run(int flush) {
        if (phase == Phase.FINISHED && flush != FINISH) {
            return Status.MISUSE;
        }
        if (isFull()) {
            return Status.NO_PROGRESS;
        }
        int previousFlush = lastFlush;
        lastFlush = flush;
        if (!pending.isEmpty()) {
            if (!flushPending()) {
                return Status.OK;
            }
        } else if (inputNext == inputEnd && rank(flush) <= rank(previousFlush) && flush != FINISH) {
            return Status.NO_PROGRESS;
        }
        if (phase == Phase.FINISHED && inputNext != inputEnd) {
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
        if ((inputNext != inputEnd
                        || finder.lookahead != 0
                        || flush != NO_FLUSH && phase != Phase.FINISHED)
                && !compress(flush)) {
            return Status.OK;
        }
        if (flush != FINISH) {
            return Status.OK;
        }
        if (!raw && !trailerWritten) {
            pending.writeShort(adler >>> 16);
            pending.writeShort(adler);
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
        int effort;
        if (strategy >= HUFFMAN_ONLY || level < 2) {
            effort = 0;
        } else if (level < 6) {
            effort = 1;
        } else {
            effort = level == 6 ? 2 : 3;
        }
        boolean dictionary = finder.position != 0;
        int header =
                (DeflateFormat.WINDOW_BITS - 8 << 4 | DeflateFormat.METHOD_DEFLATE) << 8
                        | effort << 6
                        | (dictionary ? DeflateFormat.FLAG_DICTIONARY : 0);
        header += DeflateFormat.HEADER_MODULUS - header % DeflateFormat.HEADER_MODULUS;
        pending.writeShort(header);
        if (dictionary) {
            pending.writeShort(adler >>> 16);
            pending.writeShort(adler);
        }
        adler = Checksums.ADLER32_START;
    }

    /** Returns false if there is no more to do in this call. */
    private boolean compress(int flush) {
        Progress progress;
        if (level == 0) {
            progress = store(flush);
        } else if (strategy == HUFFMAN_ONLY) {
            progress = compressLiterals(flush);
        } else if (EFFORTS[level].method() == Method.GREEDY) {
            progress = compressGreedily(flush);
        } else {
            progress = compressLazily(flush);
        }
        if (progress == Progress.FINISH_STARTED || progress == Progress.FINISH_DONE) {
            phase = Phase.FINISHED;
        }
        if (progress == Progress.NEEDS_MORE || progress == Progress.FINISH_STARTED) {
            if (isFull()) {
                lastFlush = OUT_OF_ROOM;
            }
            return false;
        }
        if (progress == Progress.BLOCK_DONE) {
            if (flush != BLOCK) {
                // An empty stored block: what came before it can be decompressed.
                block.writeStored(finder.window, 0, 0, false);
                if (flush == FULL_FLUSH) {
                    finder.forget();
                    if (finder.lookahead == 0) {
                        finder.position = 0;
                        finder.blockStart = 0;
                        finder.notEntered = 0;
                    }
                }
            }
            return flushPending();
        }
        return true;
    }

    private Progress store(int flush) {
        while (true) {
            if (finder.lookahead <= 1) {
                fillWindow(!raw);
                if (finder.lookahead == 0) {
                    if (flush == NO_FLUSH) {
                        return Progress.NEEDS_MORE;
                    }
                    break;
                }
            }
            finder.position += finder.lookahead;
            finder.lookahead = 0;
            int limit = finder.blockStart + MAX_STORED;
            if (finder.position >= limit) {
                finder.lookahead = finder.position - limit;
                finder.position = limit;
                endBlock(false);
                if (isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
            if (finder.position - finder.blockStart >= MatchFinder.MAX_DISTANCE) {
                endBlock(false);
                if (isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
        }
        finder.notEntered = 0;
        return finish(flush, finder.position > finder.blockStart);
    }

    private Progress compressLiterals(int flush) {
        while (true) {
            if (finder.lookahead == 0) {
                fillWindow(!raw);
                if (finder.lookahead == 0) {
                    if (flush == NO_FLUSH) {
                        return Progress.NEEDS_MORE;
                    }
                    break;
                }
            }
            matchLength = 0;
            boolean full = block.addLiteral(finder.window[finder.position]);
            finder.lookahead--;
            finder.position++;
            if (full) {
                endBlock(false);
                if (isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
        }
        finder.notEntered = 0;
        return finish(flush, !block.isEmpty());
    }

    private Progress compressGreedily(int flush) {
        Effort effort = EFFORTS[level];
        while (true) {
            if (finder.lookahead < MatchFinder.MIN_LOOKAHEAD) {
                fillWindow(!raw);
                if (finder.lookahead < MatchFinder.MIN_LOOKAHEAD && flush == NO_FLUSH) {
                    return Progress.NEEDS_MORE;
                }
                if (finder.lookahead == 0) {
                    break;
                }
            }
            int candidate = 0;
            if (finder.lookahead >= MIN_MATCH) {
                candidate = finder.enter(finder.position);
            }
            if (candidate != 0 && finder.position - candidate <= MatchFinder.MAX_DISTANCE) {
                matchLength = longestMatch(candidate, effort);
            }
            boolean full;
            if (matchLength >= MIN_MATCH) {
                full = block.addMatch(finder.position - finder.matchStart, matchLength);
                finder.lookahead -= matchLength;
                if (matchLength <= effort.lazy() && finder.lookahead >= MIN_MATCH) {
                    for (int i = 1; i < matchLength; i++) {
                        finder.enter(++finder.position);
                    }
                    finder.position++;
                    matchLength = 0;
                } else {
                    finder.position += matchLength;
                    matchLength = 0;
                    finder.startHash(finder.position);
                }
            } else {
                full = block.addLiteral(finder.window[finder.position]);
                finder.lookahead--;
                finder.position++;
            }
            if (full) {
                endBlock(false);
                if (isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
        }
        finder.notEntered = Math.min(finder.position, MIN_MATCH - 1);
        return finish(flush, !block.isEmpty());
    }

    private Progress compressLazily(int flush) {
        Effort effort = EFFORTS[level];
        while (true) {
            if (finder.lookahead < MatchFinder.MIN_LOOKAHEAD) {
                fillWindow(!raw);
                if (finder.lookahead < MatchFinder.MIN_LOOKAHEAD && flush == NO_FLUSH) {
                    return Progress.NEEDS_MORE;
                }
                if (finder.lookahead == 0) {
                    break;
                }
            }
            int candidate = 0;
            if (finder.lookahead >= MIN_MATCH) {
                candidate = finder.enter(finder.position);
            }
            previousLength = matchLength;
            int previousMatch = finder.matchStart;
            matchLength = MIN_MATCH - 1;
            if (candidate != 0
                    && previousLength < effort.lazy()
                    && finder.position - candidate <= MatchFinder.MAX_DISTANCE) {
                matchLength = longestMatch(candidate, effort);
                if (matchLength <= 5
                        && (strategy == FILTERED
                                || matchLength == MIN_MATCH
                                        && finder.position - finder.matchStart > TOO_FAR)) {
                    matchLength = MIN_MATCH - 1;
                }
            }
            if (previousLength >= MIN_MATCH && matchLength <= previousLength) {
                int lastToEnter = finder.position + finder.lookahead - MIN_MATCH;
                boolean full = block.addMatch(finder.position - 1 - previousMatch, previousLength);
                finder.lookahead -= previousLength - 1;
                for (int i = 2; i < previousLength; i++) {
                    if (++finder.position <= lastToEnter) {
                        finder.enter(finder.position);
                    }
                }
                previousLength = 0;
                startLazyMatch();
                if (full) {
                    endBlock(false);
                    if (isFull()) {
                        return Progress.NEEDS_MORE;
                    }
                }
            } else if (literalWaits) {
                if (block.addLiteral(finder.window[finder.position - 1])) {
                    endBlock(false);
                }
                finder.position++;
                finder.lookahead--;
                if (isFull()) {
                    return Progress.NEEDS_MORE;
                }
            } else {
                literalWaits = true;
                finder.position++;
                finder.lookahead--;
            }
        }
        if (literalWaits) {
            block.addLiteral(finder.window[finder.position - 1]);
            literalWaits = false;
        }
        finder.notEntered = Math.min(finder.position, MIN_MATCH - 1);
        return finish(flush, !block.isEmpty());
    }

    private void startLazyMatch() {
        literalWaits = false;
        matchLength = MIN_MATCH - 1;
        finder.position++;
    }

    private int longestMatch(int candidate, Effort effort) {
        int chain = previousLength >= effort.good() ? effort.chain() >> 2 : effort.chain();
        return finder.longestMatch(candidate, previousLength, chain, effort.nice());
    }

    private Progress finish(int flush, boolean somethingLeft) {
        if (flush == FINISH) {
            endBlock(true);
            return isFull() ? Progress.FINISH_STARTED : Progress.FINISH_DONE;
        }
        if (somethingLeft) {
            endBlock(false);
            if (isFull()) {
                return Progress.NEEDS_MORE;
            }
        }
        return Progress.BLOCK_DONE;
    }

    private void endBlock(boolean last) {
        byte[] plain = finder.blockStart >= 0 ? finder.window : null;
        int length = finder.position - finder.blockStart;
        block.write(plain, Math.max(finder.blockStart, 0), length, level > 0, last);
        finder.blockStart = finder.position;
        flushPending();
    }

    private void fillWindow(boolean sum) {
        do {
            int room = finder.makeRoom();
            int count = Math.min(room, inputEnd - inputNext);
            if (count == 0) {
                break;
            }
            System.arraycopy(
                    input, inputNext, finder.window, finder.position + finder.lookahead, count);
            if (sum) {
                adler = Checksums.adler32(adler, input, inputNext, count);
            }
            inputNext += count;
            finder.added(count);
        } while (finder.lookahead < MatchFinder.MIN_LOOKAHEAD && inputNext != inputEnd);
    }

    private boolean isFull() {
        return outputNext == outputEnd;
    }

    /** Returns false if the room for output is used up. */
    private boolean flushPending() {
        pending.flushBits();
        outputNext += pending.drain(output, outputNext, outputEnd - outputNext);
        if (isFull()) {
            lastFlush = OUT_OF_ROOM;
            return false;
        }
        return true;
    }
}
