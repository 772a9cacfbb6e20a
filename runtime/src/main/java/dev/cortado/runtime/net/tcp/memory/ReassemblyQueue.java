package dev.cortado.runtime.net.tcp.memory;

/**
 * Which bytes beyond the next expected one have come (RFC 9293, 3.10.7.4): ranges that neither
 * touch nor overlap, in order. Their number is bounded, whatever the other side sends; what would
 * need one more is not kept, and comes again. Not synchronised.
 *
 * <p>It also says what to report in SACK options (RFC 2018, 4): the block with the latest arrival
 * first, then those that were reported latest.
 */
public final class ReassemblyQueue {
    public static final int MAXIMUM_RANGES = 64;
    public static final int MAXIMUM_BLOCKS = 4;

    private final long[] starts = new long[MAXIMUM_RANGES];
    private final long[] ends = new long[MAXIMUM_RANGES];

    /** A position within each of the blocks reported latest, the latest first. */
    private final long[] recent = new long[MAXIMUM_BLOCKS];

    private int count;
    private int recentCount;

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long start(int range) {
        return starts[range];
    }

    public long end(int range) {
        return ends[range];
    }

    /** Bytes in all ranges. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += ends[i] - starts[i];
        }
        return bytes;
    }

    /** Whether {@link #add} has place for this range. */
    public boolean hasPlaceFor(long start, long end) {
        return count < MAXIMUM_RANGES || touching(start, end) >= 0;
    }

    private int touching(long start, long end) {
        int i = firstEndingAtOrAfter(start);
        return i < count && starts[i] <= end ? i : -1;
    }

    /** Adds a range, which is not empty. Does nothing unless {@link #hasPlaceFor} says so. */
    public void add(long start, long end) {
        int first = firstEndingAtOrAfter(start);
        int last = first;
        long low = start;
        long high = end;
        while (last < count && starts[last] <= end) {
            low = Math.min(low, starts[last]);
            high = Math.max(high, ends[last]);
            last++;
        }
        if (last == first) {
            if (count == MAXIMUM_RANGES) {
                return;
            }
            move(first, first + 1);
        } else {
            move(last, first + 1);
        }
        starts[first] = low;
        ends[first] = high;
        noteRecent(start);
    }

    /** Moves the ranges from one place on to another. */
    private void move(int from, int to) {
        System.arraycopy(starts, from, starts, to, count - from);
        System.arraycopy(ends, from, ends, to, count - from);
        count += to - from;
    }

    private int firstEndingAtOrAfter(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Takes out what follows a position without a gap, and what is before it.
     *
     * @return the position behind that: the next one expected
     */
    public long takeFrom(long position) {
        int gone = 0;
        long next = position;
        while (gone < count && starts[gone] <= next) {
            next = Math.max(next, ends[gone]);
            gone++;
        }
        if (gone > 0) {
            move(gone, 0);
        }
        return next;
    }

    public void clear() {
        count = 0;
        recentCount = 0;
    }

    private void noteRecent(long position) {
        int known = 0;
        while (known < recentCount && rangeOf(recent[known]) != rangeOf(position)) {
            known++;
        }
        int moved = Math.min(known, MAXIMUM_BLOCKS - 1);
        System.arraycopy(recent, 0, recent, 1, moved);
        recent[0] = position;
        recentCount = Math.max(recentCount, moved + 1);
    }

    private int rangeOf(long position) {
        int i = firstEndingAtOrAfter(position + 1);
        return i < count && starts[i] <= position ? i : -1;
    }

    /**
     * Writes the blocks to report, as many as there are and fit.
     *
     * @param blocks start and end in turn
     * @param from where the first start goes
     * @return how many blocks
     */
    public int blocks(long[] blocks, int from, int maximum) {
        int written = 0;
        long reported = 0;
        for (int i = 0; i < recentCount + count && written < maximum; i++) {
            // The latest may all have been closed: then the others, of which each is news.
            int range = i < recentCount ? rangeOf(recent[i]) : i - recentCount;
            if (range >= 0 && (reported & 1L << range) == 0) {
                reported |= 1L << range;
                blocks[from + 2 * written] = starts[range];
                blocks[from + 2 * written + 1] = ends[range];
                written++;
            }
        }
        return written;
    }
}
