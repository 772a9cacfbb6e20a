package dev.cortado.runtime.net.tcp.recovery;

import java.util.Arrays;

/**
 * The scoreboard (RFC 6675, 3): segments that were sent and are not acknowledged, in the order of
 * their positions, without gaps, in a ring that grows to a bound, which those that are cut may
 * exceed. A segment is whole: it is selectively acknowledged when all of it is. Not synchronised.
 *
 * <p>Segments are named by their place from the first on, 0 to {@link #count} - 1.
 */
final class SentSegments {
    static final int MAXIMUM = 1 << 14;

    static final int SACKED = 1;

    /** Taken for lost. Stays when it is sent again. */
    static final int LOST = 2;

    /** Sent again, and that is neither acknowledged nor taken for lost. */
    static final int RESENT = 4;

    /** Was ever sent again: its round trip is ambiguous (Karn). */
    static final int EVER_RESENT = 8;

    private long[] ends = new long[8];
    private long[] sentAt = new long[8];
    private byte[] flags = new byte[8];
    private int head;
    private int count;
    private long first;
    private long last;
    private long sackedBytes;
    private long lostBytes;
    private long resentBytes;

    SentSegments(long start) {
        first = start;
        last = start;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count >= MAXIMUM;
    }

    /** Position of the first byte that is not acknowledged. */
    long first() {
        return first;
    }

    /** Position behind the last byte sent. */
    long last() {
        return last;
    }

    long sackedBytes() {
        return sackedBytes;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** RFC 6675, 4: bytes taken to be under way. */
    long pipe() {
        return last - first - sackedBytes - lostBytes + resentBytes;
    }

    long start(int segment) {
        return segment == 0 ? first : ends[place(segment - 1)];
    }

    long end(int segment) {
        return ends[place(segment)];
    }

    /** When it was sent last. */
    long sentAt(int segment) {
        return sentAt[place(segment)];
    }

    boolean is(int segment, int flag) {
        return (flags[place(segment)] & flag) != 0;
    }

    private int place(int segment) {
        return head + segment & ends.length - 1;
    }

    private long bytes(int segment) {
        return end(segment) - start(segment);
    }

    void add(long now, long end) {
        if (count == ends.length) {
            grow();
        }
        int place = place(count);
        ends[place] = end;
        sentAt[place] = now;
        flags[place] = 0;
        count++;
        last = end;
    }

    /** The last segment's round trip is not to be measured. */
    void markAmbiguous() {
        flags[place(count - 1)] |= EVER_RESENT;
    }

    private void grow() {
        int length = ends.length;
        long[] largerEnds = new long[2 * length];
        long[] largerSentAt = new long[2 * length];
        byte[] largerFlags = new byte[2 * length];
        for (int i = 0; i < count; i++) {
            int place = place(i);
            largerEnds[i] = ends[place];
            largerSentAt[i] = sentAt[place];
            largerFlags[i] = flags[place];
        }
        ends = largerEnds;
        sentAt = largerSentAt;
        flags = largerFlags;
        head = 0;
    }

    /** Takes bytes off the first segment, all of it or less. */
    void acknowledgeFirst(long position) {
        long bytes = position - first;
        int flag = flags[head];
        sackedBytes -= (flag & SACKED) != 0 ? bytes : 0;
        lostBytes -= (flag & LOST) != 0 ? bytes : 0;
        resentBytes -= (flag & RESENT) != 0 ? bytes : 0;
        first = position;
        if (position == ends[head]) {
            head = place(1);
            count--;
        }
    }

    void sack(int segment) {
        int place = place(segment);
        long bytes = bytes(segment);
        lostBytes -= (flags[place] & LOST) != 0 ? bytes : 0;
        resentBytes -= (flags[place] & RESENT) != 0 ? bytes : 0;
        sackedBytes += bytes;
        flags[place] = (byte) (flags[place] & ~(LOST | RESENT) | SACKED);
    }

    /** Takes a segment, which is not sacked, for lost; if it was sent again, that one as well. */
    void lose(int segment) {
        int place = place(segment);
        long bytes = bytes(segment);
        resentBytes -= (flags[place] & RESENT) != 0 ? bytes : 0;
        lostBytes += (flags[place] & LOST) == 0 ? bytes : 0;
        flags[place] = (byte) (flags[place] & ~RESENT | LOST);
    }

    /** Takes for lost what is not sacked and longer than so many bytes. */
    void loseLongerThan(int bytes) {
        for (int i = 0; i < count; i++) {
            if (!is(i, SACKED) && bytes(i) > bytes) {
                lose(i);
            }
        }
    }

    /** The first segment from one on that is lost and was not sent again since, or the count. */
    int nextLost(int from) {
        int segment = from;
        while (segment < count && (!is(segment, LOST) || is(segment, RESENT))) {
            segment++;
        }
        return segment;
    }

    /** One that is sacked has arrived, and is not under way again. */
    void resend(long now, int segment) {
        int place = place(segment);
        if ((flags[place] & (RESENT | SACKED)) == 0) {
            resentBytes += bytes(segment);
            flags[place] |= RESENT;
        }
        flags[place] |= EVER_RESENT;
        sentAt[place] = now;
    }

    /** All that is not sacked counts as under way again. */
    void forgetLosses() {
        for (int i = 0; i < count; i++) {
            flags[place(i)] &= ~(LOST | RESENT);
        }
        lostBytes = 0;
        resentBytes = 0;
    }

    /** RFC 2018, 8: what was sacked may be gone again. */
    void forgetSacks() {
        for (int i = 0; i < count; i++) {
            flags[place(i)] &= ~SACKED;
        }
        sackedBytes = 0;
    }

    /** The segment in which a position is; {@link #count} if it is behind the last. */
    int find(long position) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Cuts a segment in two, when the path no longer takes it whole. */
    void split(int segment, long position) {
        if (position <= start(segment) || position >= end(segment)) {
            return;
        }
        if (count == ends.length) {
            grow();
        }
        for (int i = count; i > segment; i--) {
            int to = place(i);
            int from = place(i - 1);
            ends[to] = ends[from];
            sentAt[to] = sentAt[from];
            flags[to] = flags[from];
        }
        count++;
        ends[place(segment)] = position;
    }

    /** Forgets everything, and all memory but the least. */
    void clear() {
        first = last;
        count = 0;
        head = 0;
        sackedBytes = 0;
        lostBytes = 0;
        resentBytes = 0;
        if (ends.length > 8) {
            ends = new long[8];
            sentAt = new long[8];
            flags = new byte[8];
        }
        Arrays.fill(flags, (byte) 0);
    }
}
