package dev.cortado.runtime.net.tcp.recovery;

import dev.cortado.runtime.net.tcp.timing.RoundTripTime;

/**
 * The one timer of what is under way: reordering (RFC 8985, 6.3), tail loss probe (7.2) or
 * retransmission (RFC 6298, 5), whichever comes first.
 */
final class RetransmissionTimer {
    private static final long NONE = Long.MAX_VALUE;

    /** What the retransmission timeout counts from. */
    private long startedAt;

    /** What the probe's timeout counts from. */
    private long lastActivity;

    private long lookAt = NONE;

    /**
     * @param first whether nothing else is under way (RFC 6298, 5.1)
     */
    void sent(long now, boolean first) {
        lastActivity = now;
        if (first) {
            startedAt = now;
        }
    }

    void resent(long now) {
        lastActivity = now;
    }

    /** RFC 6298, 5.3: new data was acknowledged. */
    void progress(long now) {
        startedAt = now;
        lastActivity = now;
    }

    /** RFC 8985, 7.3: the retransmission timer starts again, whatever was sent. */
    void probed(long now) {
        startedAt = now;
    }

    void timedOut(long now) {
        startedAt = now;
        lookAt = NONE;
    }

    /** When to look for losses again, {@link #NONE} for never. */
    void lookAgain(long time) {
        lookAt = time;
    }

    boolean isLookDue(long now) {
        return now >= lookAt;
    }

    long timeoutDeadline(RoundTripTime roundTripTime) {
        return startedAt + roundTripTime.timeout();
    }

    long deadline(RoundTripTime roundTripTime, boolean mayProbe, boolean loneSegment) {
        long deadline = Math.min(lookAt, timeoutDeadline(roundTripTime));
        if (mayProbe) {
            deadline =
                    Math.min(
                            deadline,
                            lastActivity + TailLossProbe.timeout(roundTripTime, loneSegment));
        }
        return deadline;
    }
}
