package dev.cortado.runtime.net.tcp.congestion;

/**
 * How many bytes may be under way (RFC 5681): the congestion window, in bytes. Subclasses say how
 * it grows when nothing is lost and what is left of it when something is. What was lost, and when a
 * recovery begins and ends, is not decided here. Not synchronised: the connection's lock is held.
 */
public abstract class CongestionControl {
    /** RFC 6928: ten segments. */
    private static final int INITIAL_SEGMENTS = 10;

    /** RFC 9406, 4.2: L, in segments, of a sender that does not pace. */
    private static final int MAXIMUM_GROWTH = 8;

    /** Never more than a scaled window can offer, so that sums do not overflow. */
    private static final long MAXIMUM_WINDOW = 1L << 30;

    private final SlowStartExit slowStartExit = new SlowStartExit();
    private int segmentBytes;
    private long window;
    private long threshold = MAXIMUM_WINDOW;
    private long windowBefore;
    private long thresholdBefore;

    protected CongestionControl(int segmentBytes) {
        this.segmentBytes = segmentBytes;
        this.window = initialWindow();
    }

    public abstract String name();

    /** Congestion avoidance: what the window becomes when so many bytes were acknowledged. */
    protected abstract long grow(long now, long window, long acknowledged, long roundTrip);

    /** The threshold after a loss or a congestion mark. Begins another epoch. */
    protected abstract long reduce(long now, long window, long flight);

    /** A reduction turns out to have been wrong. */
    protected abstract void restore();

    /** The sender had less to send than it might have: time that passes is not the network's. */
    protected void idle(long now) {}

    /** cwnd. */
    public final long window() {
        return window;
    }

    /** ssthresh. */
    public final long threshold() {
        return threshold;
    }

    public final boolean isInSlowStart() {
        return window < threshold;
    }

    protected final int segmentBytes() {
        return segmentBytes;
    }

    /** The path takes smaller or larger segments than before; the window's bytes stay. */
    public final void setSegmentBytes(int bytes) {
        boolean unused = window == initialWindow();
        segmentBytes = bytes;
        window = unused ? initialWindow() : Math.max(window, bytes);
    }

    private long initialWindow() {
        // RFC 6928, 2: of large segments, fewer.
        return Math.min(
                (long) INITIAL_SEGMENTS * segmentBytes, Math.max(2L * segmentBytes, 14_600));
    }

    /** RFC 6928, 2: the SYN was lost. */
    public final void synWasLost() {
        window = segmentBytes;
    }

    /**
     * Bytes were acknowledged, and no recovery is under way.
     *
     * @param limited whether the window has kept the sender from sending: else it does not grow
     * @param roundTrip the latest measurement, nanoseconds, 0 if there is none
     * @param acknowledgedTo positions in the stream of bytes, for the rounds of slow start
     * @param sentTo see above
     */
    public final void acknowledged(
            long now,
            long bytes,
            boolean limited,
            long roundTrip,
            long acknowledgedTo,
            long sentTo) {
        if (!limited) {
            idle(now);
            return;
        }
        long left = bytes;
        if (isInSlowStart()) {
            boolean wasWatched = !slowStartExit.isOver();
            long growth = Math.min(left, (long) MAXIMUM_GROWTH * segmentBytes);
            growth = slowStartExit.growth(growth, roundTrip, acknowledgedTo, sentTo);
            long grown = Math.min(threshold, window + growth);
            left -= Math.min(left, grown - window);
            window = grown;
            if (wasWatched && slowStartExit.isOver()) {
                threshold = window;
            }
            if (isInSlowStart() || left <= 0) {
                return;
            }
        }
        window = Math.min(MAXIMUM_WINDOW, grow(now, window, left, roundTrip));
    }

    /**
     * A loss or a congestion mark, once a window. The window itself is left to who recovers.
     *
     * @param flight bytes under way
     */
    public final void congestion(long now, long flight) {
        remember();
        threshold = Math.max(2L * segmentBytes, reduce(now, window, flight));
        slowStartExit.stop();
    }

    /**
     * RFC 5681, 3.1: the retransmission timer has expired.
     *
     * @param reduces whether nothing else has answered the loss
     */
    public final void timeout(long now, long flight, boolean reduces) {
        if (reduces) {
            congestion(now, flight);
        }
        window = segmentBytes;
    }

    /** What was reduced stays so, whatever becomes of what follows: an undo goes back to here. */
    public final void remember() {
        windowBefore = window;
        thresholdBefore = threshold;
    }

    /** What was taken for a loss was none (RFC 4015, 3.2 (4), without its slow start). */
    public final void undo() {
        if (windowBefore != 0) {
            window = Math.max(window, windowBefore);
            threshold = Math.max(threshold, thresholdBefore);
            windowBefore = 0;
            restore();
        }
    }

    /** During a recovery, which counts by itself. */
    public final void setWindow(long bytes) {
        window = Math.max(segmentBytes, Math.min(MAXIMUM_WINDOW, bytes));
    }

    /** RFC 5681, 4.1 in the steps of RFC 2861: nothing was sent for so many timeouts. */
    public final void afterIdle(long now, long timeouts) {
        long halved = timeouts >= 32 ? 0 : window >> timeouts;
        threshold = Math.max(threshold, window * 3 / 4);
        window = Math.max(Math.min(window, initialWindow()), halved);
        idle(now);
    }
}
