package dev.cortado.runtime.net.tcp.recovery;

import dev.cortado.runtime.net.tcp.timing.RoundTripTime;

/**
 * Tail loss probes (RFC 8985, 7): when the last segments of a flight are lost, nothing that is sent
 * later tells of it. A probe after two round trips does, long before the retransmission timer.
 */
final class TailLossProbe {
    /** Section 7.2: how long the other side may sit on the acknowledgement of a lone segment. */
    private static final long MAXIMUM_ACKNOWLEDGEMENT_DELAY = 200_000_000;

    /** PTO before anything was measured. */
    private static final long UNMEASURED = 1_000_000_000;

    private static final long NONE = Long.MIN_VALUE;

    /** TLP.end_seq. */
    private long end = NONE;

    /** TLP.is_retrans. */
    private boolean resent;

    boolean isUnderWay() {
        return end != NONE;
    }

    /** RFC 8985, 7.2: where something was sacked, a loss is known of without a probe. */
    boolean isAllowed(SentSegments segments, RoundTripTime roundTripTime) {
        return !isUnderWay() && segments.sackedBytes() == 0 && roundTripTime.backoffs() == 0;
    }

    /** PTO. */
    static long timeout(RoundTripTime roundTripTime, boolean loneSegment) {
        if (!roundTripTime.isMeasured()) {
            return UNMEASURED;
        }
        return 2 * roundTripTime.smoothed()
                + 2_000_000
                + (loneSegment ? MAXIMUM_ACKNOWLEDGEMENT_DELAY : 0);
    }

    void sent(long sentTo, boolean isResent) {
        end = sentTo;
        resent = isResent;
    }

    void forget() {
        end = NONE;
    }

    /**
     * Section 7.4.2.
     *
     * @param duplicate a DSACK: both the segment and its probe have arrived
     * @param plain it acknowledges nothing new, selectively or otherwise
     * @return whether the probe has repaired a loss, of which nobody would know otherwise
     */
    boolean acknowledged(long position, boolean duplicate, boolean plain) {
        if (end == NONE || position < end) {
            return false;
        }
        if (!resent || duplicate) {
            end = NONE;
            return false;
        }
        if (position > end) {
            end = NONE;
            return true;
        }
        if (plain) {
            end = NONE;
        }
        return false;
    }
}
