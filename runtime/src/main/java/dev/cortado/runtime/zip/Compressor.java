package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.MIN_MATCH;

/**
 * Makes blocks of the input: finds matches as zlib's deflate.c does, with its names for how hard it
 * tries.
 */
final class Compressor {
    /** A match of three bytes that far away costs more than the bytes. */
    private static final int TOO_FAR = 4096;

    private static final int MAX_STORED = 0xffff;

    /** No string occurs at the window's first place, as far as the hash table knows. */
    private static final int NO_MATCH = 0;

    /** How the compression of some input ended. */
    enum Progress {
        NEEDS_MORE,
        BLOCK_DONE,
        FINISH_STARTED,
        FINISH_DONE
    }

    final MatchFinder finder = new MatchFinder();
    final BlockWriter block;

    /** Adler-32 of the input so far; not kept for a raw stream. */
    int adler;

    private final boolean raw;
    private final DeflatePieces pieces;
    private final BitWriter pending;
    private int level;
    private int strategy;
    private int matchLength;
    private int previousLength;
    private boolean literalWaits;

    Compressor(boolean raw, DeflatePieces pieces, BitWriter pending) {
        this.raw = raw;
        this.pieces = pieces;
        this.pending = pending;
        this.block = new BlockWriter(pending);
    }

    void clear() {
        block.clear();
        finder.clear();
        adler = Checksums.ADLER32_START;
        startMatching();
    }

    void startMatching() {
        matchLength = MIN_MATCH - 1;
        previousLength = MIN_MATCH - 1;
        literalWaits = false;
    }

    int level() {
        return level;
    }

    int strategy() {
        return strategy;
    }

    void setParameters(int newLevel, int newStrategy) {
        level = newLevel;
        strategy = newStrategy;
    }

    /** Whether there is input that no block has yet. */
    boolean hasInput() {
        return finder.position - finder.blockStart + finder.lookahead != 0;
    }

    /** Enters the strings of a dictionary, which is the open piece of input. */
    void enterDictionary() {
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
    }

    /** Writes an empty stored block: what came before it can be decompressed. */
    void writeMark(boolean forget) {
        block.writeStored(finder.window, 0, 0, false);
        if (forget) {
            finder.forget();
            if (finder.lookahead == 0) {
                finder.position = 0;
                finder.blockStart = 0;
                finder.notEntered = 0;
            }
        }
    }

    Progress compress(int flush) {
        if (level == 0) {
            return store(flush);
        }
        if (strategy == DeflateStream.HUFFMAN_ONLY) {
            return compressLiterals(flush);
        }
        return Effort.of(level).method() == Effort.Method.GREEDY
                ? compressGreedily(flush)
                : compressLazily(flush);
    }

    private Progress store(int flush) {
        while (true) {
            // As zlib does, before the last byte is used up.
            if (finder.lookahead <= 1) {
                fillWindow(!raw);
            }
            if (lacksInput(1, flush)) {
                return Progress.NEEDS_MORE;
            }
            if (finder.lookahead == 0) {
                break;
            }
            finder.position += finder.lookahead;
            finder.lookahead = 0;
            int limit = finder.blockStart + MAX_STORED;
            if (finder.position >= limit) {
                finder.lookahead = finder.position - limit;
                finder.position = limit;
                endBlock(false);
                if (pieces.isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
            if (finder.position - finder.blockStart >= MatchFinder.MAX_DISTANCE) {
                endBlock(false);
                if (pieces.isFull()) {
                    return Progress.NEEDS_MORE;
                }
            }
        }
        finder.notEntered = 0;
        return finish(flush, finder.position > finder.blockStart);
    }

    private Progress compressLiterals(int flush) {
        while (true) {
            if (lacksInput(1, flush)) {
                return Progress.NEEDS_MORE;
            }
            if (finder.lookahead == 0) {
                break;
            }
            matchLength = 0;
            boolean full = block.addLiteral(finder.window[finder.position]);
            finder.lookahead--;
            finder.position++;
            if (full && endBlockAndFill()) {
                return Progress.NEEDS_MORE;
            }
        }
        finder.notEntered = 0;
        return finish(flush, !block.isEmpty());
    }

    private Progress compressGreedily(int flush) {
        Effort effort = Effort.of(level);
        while (true) {
            if (lacksInput(MatchFinder.MIN_LOOKAHEAD, flush)) {
                return Progress.NEEDS_MORE;
            }
            if (finder.lookahead == 0) {
                break;
            }
            int candidate = enterNext();
            if (candidate != NO_MATCH) {
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
            if (full && endBlockAndFill()) {
                return Progress.NEEDS_MORE;
            }
        }
        finder.notEntered = Math.min(finder.position, MIN_MATCH - 1);
        return finish(flush, !block.isEmpty());
    }

    private Progress compressLazily(int flush) {
        Effort effort = Effort.of(level);
        while (true) {
            if (lacksInput(MatchFinder.MIN_LOOKAHEAD, flush)) {
                return Progress.NEEDS_MORE;
            }
            if (finder.lookahead == 0) {
                break;
            }
            int candidate = enterNext();
            previousLength = matchLength;
            int previousMatch = finder.matchStart;
            matchLength = MIN_MATCH - 1;
            if (candidate != NO_MATCH && previousLength < effort.lazy()) {
                matchLength = longestMatch(candidate, effort);
                if (matchLength <= 5
                        && (strategy == DeflateStream.FILTERED
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
                if (full && endBlockAndFill()) {
                    return Progress.NEEDS_MORE;
                }
            } else if (literalWaits) {
                if (block.addLiteral(finder.window[finder.position - 1])) {
                    endBlock(false);
                }
                finder.position++;
                finder.lookahead--;
                if (pieces.isFull()) {
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

    /** Enters the next string; returns where it occurred last, if a match may reach back there. */
    private int enterNext() {
        if (finder.lookahead < MIN_MATCH) {
            return NO_MATCH;
        }
        int last = finder.enter(finder.position);
        return finder.position - last <= MatchFinder.MAX_DISTANCE ? last : NO_MATCH;
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
        if (flush == DeflateStream.FINISH) {
            endBlock(true);
            return pieces.isFull() ? Progress.FINISH_STARTED : Progress.FINISH_DONE;
        }
        if (somethingLeft) {
            endBlock(false);
            if (pieces.isFull()) {
                return Progress.NEEDS_MORE;
            }
        }
        return Progress.BLOCK_DONE;
    }

    /** Returns whether the room for output is used up. */
    private boolean endBlockAndFill() {
        endBlock(false);
        return pieces.isFull();
    }

    private void endBlock(boolean last) {
        byte[] plain = finder.blockStart >= 0 ? finder.window : null;
        int length = finder.position - finder.blockStart;
        block.write(plain, Math.max(finder.blockStart, 0), length, level > 0, last);
        finder.blockStart = finder.position;
        pieces.write(pending);
    }

    /** Takes in what there is; returns whether that is too little to go on with. */
    private boolean lacksInput(int wanted, int flush) {
        if (finder.lookahead < wanted) {
            fillWindow(!raw);
        }
        return finder.lookahead < wanted && flush == DeflateStream.NO_FLUSH;
    }

    void fillWindow(boolean sum) {
        do {
            int room = finder.makeRoom();
            int count = Math.min(room, pieces.available());
            if (count == 0) {
                break;
            }
            System.arraycopy(
                    pieces.input,
                    pieces.inputNext,
                    finder.window,
                    finder.position + finder.lookahead,
                    count);
            if (sum) {
                adler = Checksums.adler32(adler, pieces.input, pieces.inputNext, count);
            }
            pieces.inputNext += count;
            finder.added(count);
        } while (finder.lookahead < MatchFinder.MIN_LOOKAHEAD && pieces.available() != 0);
    }
}
