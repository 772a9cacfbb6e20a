package dev.cortado.runtime.zip;

import static dev.cortado.runtime.zip.DeflateFormat.MAX_MATCH;
import static dev.cortado.runtime.zip.DeflateFormat.MIN_MATCH;

import java.util.Arrays;

/**
 * The input of the last 32 KiB and some ahead, with a hash table of all strings of three bytes in
 * it, each chained to its earlier occurrences.
 */
final class MatchFinder {
    private static final int SIZE = DeflateFormat.WINDOW_SIZE;
    private static final int MASK = SIZE - 1;
    private static final int HASH_BITS = 15;
    private static final int HASH_MASK = (1 << HASH_BITS) - 1;
    private static final int HASH_SHIFT = (HASH_BITS + MIN_MATCH - 1) / MIN_MATCH;

    /** With less ahead, a match could be longer than what is there. */
    static final int MIN_LOOKAHEAD = MAX_MATCH + MIN_MATCH + 1;

    /** The farthest match, so that the window can slide without losing what it refers to. */
    static final int MAX_DISTANCE = SIZE - MIN_LOOKAHEAD;

    final byte[] window = new byte[2 * SIZE];
    private final char[] heads = new char[1 << HASH_BITS];
    private final char[] previous = new char[SIZE];
    private int hash;

    /** Where the string to compress next starts, and how much of it is there. */
    int position;

    int lookahead;

    /** Where the current block starts; negative once that has slid out of the window. */
    int blockStart;

    int matchStart;

    /** How many strings before {@link #position} wait for enough bytes to be entered. */
    int notEntered;

    void clear() {
        position = 0;
        lookahead = 0;
        blockStart = 0;
        matchStart = 0;
        notEntered = 0;
        hash = 0;
        forget();
    }

    /** Matches may not reach back beyond this point. */
    void forget() {
        Arrays.fill(heads, '\0');
    }

    /** Makes room by sliding the window, where needed; returns how much room there is. */
    int makeRoom() {
        if (position >= SIZE + MAX_DISTANCE) {
            System.arraycopy(window, SIZE, window, 0, SIZE);
            matchStart -= SIZE;
            position -= SIZE;
            blockStart -= SIZE;
            notEntered = Math.min(notEntered, position);
            slide(heads);
            slide(previous);
        }
        return window.length - lookahead - position;
    }

    private static void slide(char[] positions) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (char) Math.max(positions[i] - SIZE, 0);
        }
    }

    /** So many bytes were added behind the lookahead: enters the strings that waited for them. */
    void added(int count) {
        lookahead += count;
        if (lookahead + notEntered >= MIN_MATCH) {
            int start = position - notEntered;
            startHash(start);
            while (notEntered > 0) {
                enter(start++);
                notEntered--;
                if (lookahead + notEntered < MIN_MATCH) {
                    break;
                }
            }
        }
    }

    /** The hash of what comes before the third byte of the string at {@code start}. */
    void startHash(int start) {
        hash = window[start] & 0xff;
        hash = (hash << HASH_SHIFT ^ window[start + 1] & 0xff) & HASH_MASK;
    }

    /** Enters the string at {@code start}; returns where it occurred last, 0 if nowhere. */
    int enter(int start) {
        hash = (hash << HASH_SHIFT ^ window[start + MIN_MATCH - 1] & 0xff) & HASH_MASK;
        char head = heads[hash];
        previous[start & MASK] = head;
        heads[hash] = (char) start;
        return head;
    }

    /**
     * Follows the chain from {@code candidate} and leaves the start of the longest match in {@link
     * #matchStart}.
     *
     * @param atLeast only longer matches count
     * @return its length, at most {@link #lookahead}
     */
    int longestMatch(int candidate, int atLeast, int maxChain, int niceLength) {
        byte[] bytes = window;
        int scan = position;
        int scanLimit = scan + MAX_MATCH;
        int best = atLeast;
        int chain = maxChain;
        int nice = Math.min(niceLength, lookahead);
        int limit = Math.max(position - MAX_DISTANCE, 0);
        int match = candidate;
        do {
            if (bytes[match + best] == bytes[scan + best]
                    && bytes[match + best - 1] == bytes[scan + best - 1]
                    && bytes[match] == bytes[scan]
                    && bytes[match + 1] == bytes[scan + 1]) {
                int different =
                        Arrays.mismatch(bytes, scan, scanLimit, bytes, match, match + MAX_MATCH);
                int length = different < 0 ? MAX_MATCH : different;
                if (length > best) {
                    matchStart = match;
                    best = length;
                    if (length >= nice) {
                        break;
                    }
                }
            }
            match = previous[match & MASK];
        } while (match > limit && --chain != 0);
        return Math.min(best, lookahead);
    }
}
