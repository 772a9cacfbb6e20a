package dev.cortado.runtime.net.tcp.recovery;

/**
 * What one acknowledgement says, checked by who received it: filled and used again for each.
 * Positions as in {@link dev.cortado.runtime.net.tcp.sequence.SequenceNumber}.
 */
public final class Acknowledgement {
    /** Of the selective blocks: start and end in turn. */
    public static final int MAXIMUM_BLOCKS = 4;

    public long now;

    /** Nothing before this is missing: from the first unacknowledged to the next new byte. */
    public long position;

    public final long[] blocks = new long[2 * MAXIMUM_BLOCKS];
    public int blockCount;

    /** RFC 5681, 2: it might tell of a segment that came out of order. */
    public boolean mayBeDuplicate;

    /** Whether there is a timestamp to measure by. */
    public boolean hasEcho;

    /** The timestamp echoed, our own clock's. */
    public int echo;

    /** How long ago that was, nanoseconds. */
    public long echoAge;

    /** Whether the congestion window kept us from sending more. */
    public boolean limited;

    public void begin(long time, long upTo) {
        now = time;
        position = upTo;
        blockCount = 0;
        mayBeDuplicate = false;
        hasEcho = false;
        limited = false;
    }
}
