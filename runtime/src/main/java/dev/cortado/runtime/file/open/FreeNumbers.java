package dev.cortado.runtime.file.open;

/**
 * A set of the numbers from 0 to a capacity that finds its lowest missing one in a few steps: a bit
 * for each number, above that a bit for each word that is full, and so on. Not synchronised.
 */
final class FreeNumbers {
    private static final int WORD_SHIFT = 6;
    private static final int WORD_BITS = 1 << WORD_SHIFT;
    private static final long FULL = -1L;

    /** From the numbers' own bits up to one word. A bit beyond the capacity is set. */
    private final long[][] levels;

    private final int capacity;

    /**
     * @param capacity 1 or more
     */
    FreeNumbers(int capacity) {
        this.capacity = capacity;
        int height = 1;
        for (int words = words(capacity); words > 1; words = words(words)) {
            height++;
        }
        levels = new long[height][];
        int bits = capacity;
        for (int level = 0; level < height; level++) {
            levels[level] = new long[words(bits)];
            int used = bits % WORD_BITS;
            if (used != 0) {
                levels[level][levels[level].length - 1] = FULL << used;
            }
            bits = levels[level].length;
        }
    }

    private static int words(int bits) {
        return (bits + WORD_BITS - 1) >>> WORD_SHIFT;
    }

    int capacity() {
        return capacity;
    }

    /** The lowest number that is not taken, -1 if all are. */
    int lowest() {
        int index = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            long word = levels[level][index];
            if (word == FULL) {
                return -1;
            }
            index = (index << WORD_SHIFT) + Long.numberOfTrailingZeros(~word);
        }
        return index;
    }

    void take(int number) {
        int index = number;
        for (long[] level : levels) {
            int word = index >>> WORD_SHIFT;
            level[word] |= 1L << index;
            if (level[word] != FULL) {
                return;
            }
            index = word;
        }
    }

    void giveBack(int number) {
        int index = number;
        for (long[] level : levels) {
            int word = index >>> WORD_SHIFT;
            boolean wasFull = level[word] == FULL;
            level[word] &= ~(1L << index);
            if (!wasFull) {
                return;
            }
            index = word;
        }
    }
}
