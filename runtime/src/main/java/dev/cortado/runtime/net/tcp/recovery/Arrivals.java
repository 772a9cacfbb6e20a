package dev.cortado.runtime.net.tcp.recovery;

import static dev.cortado.runtime.net.tcp.recovery.SentSegments.EVER_RESENT;
import static dev.cortado.runtime.net.tcp.recovery.SentSegments.SACKED;

import dev.cortado.runtime.net.tcp.timing.RoundTripTime;

/**
 * Enters an acknowledgement into the scoreboard, and says what it has told. Blocks that cannot be
 * are passed over: positions that were never sent, or ends before their starts.
 */
final class Arrivals {
    /** Bytes newly acknowledged cumulatively and not selectively before. */
    long cumulative;

    /** Bytes newly acknowledged selectively. */
    long selective;

    /** RFC 2883: a block tells of a segment that has arrived twice. */
    boolean duplicate;

    /** Behind what was sent when the recovery began. */
    long originalBefore;

    /** Whether a segment of before the recovery that was sent once is among what has arrived. */
    boolean original;

    /** The latest measurement, nanoseconds, 0 if this acknowledgement gives none. */
    long roundTrip;

    private final SentSegments segments;
    private final Rack rack;
    private final RoundTripTime roundTripTime;

    /** Blocks of the acknowledgement before: what they cover is not looked at again. */
    private final long[] known = new long[2 * Acknowledgement.MAXIMUM_BLOCKS];

    private int knownCount;
    private long oldestSentAt;

    /** Whether something that was sent again has arrived: who knows what was answered (Karn). */
    private boolean isAmbiguous;

    /** How far the first unacknowledged byte moved, what had been sacked included. */
    long moved;

    /** How old what was answered is at least. */
    private long least;

    private static final long MILLISECOND = 1_000_000;
    private static final long UNKNOWN = Long.MIN_VALUE;

    Arrivals(SentSegments segments, Rack rack, RoundTripTime roundTripTime) {
        this.segments = segments;
        this.rack = rack;
        this.roundTripTime = roundTripTime;
    }

    void take(Acknowledgement acknowledgement, boolean withBlocks, long segmentsInFlight) {
        cumulative = 0;
        selective = 0;
        least = roundTripTime.minimum();
        if (acknowledgement.hasEcho) {
            // The timestamp's clock ticks once a millisecond.
            least = Math.max(least, acknowledgement.echoAge - MILLISECOND);
        }
        moved = 0;
        duplicate = false;
        original = false;
        roundTrip = 0;
        oldestSentAt = UNKNOWN;
        isAmbiguous = false;
        takeCumulative(acknowledgement);
        if (withBlocks && acknowledgement.blockCount > 0) {
            takeBlocks(acknowledgement);
        }
        measure(acknowledgement, segmentsInFlight);
    }

    private void takeCumulative(Acknowledgement acknowledgement) {
        long position = acknowledgement.position;
        while (segments.count() > 0 && segments.first() < position) {
            long end = segments.end(0);
            boolean whole = end <= position;
            boolean wasSacked = segments.is(0, SACKED);
            long from = segments.first();
            if (!wasSacked && whole) {
                arrived(acknowledgement.now, 0, end);
            }
            segments.acknowledgeFirst(whole ? end : position);
            moved += segments.first() - from;
            cumulative += wasSacked ? 0 : segments.first() - from;
        }
    }

    private void arrived(long now, int segment, long end) {
        boolean sentAgain = segments.is(segment, EVER_RESENT);
        long sentAt = segments.sentAt(segment);
        isAmbiguous |= sentAgain;
        rack.noteOrder(end, sentAgain);
        rack.arrived(now, sentAt, end, sentAgain, least);
        if (!sentAgain) {
            original |= end <= originalBefore;
            if (oldestSentAt == UNKNOWN || sentAt < oldestSentAt) {
                oldestSentAt = sentAt;
            }
        }
    }

    private void takeBlocks(Acknowledgement acknowledgement) {
        long[] blocks = acknowledgement.blocks;
        int count = acknowledgement.blockCount;
        if (isDuplicateReport(acknowledgement)) {
            duplicate = true;
            rack.duplicateReported(segments.first(), segments.last());
        }
        for (int i = 0; i < count; i++) {
            long start = blocks[2 * i];
            long end = blocks[2 * i + 1];
            if (start < end && end <= segments.last() && start >= segments.first()) {
                sack(acknowledgement.now, start, afterKnown(start, end), end);
            }
        }
        System.arraycopy(blocks, 0, known, 0, 2 * count);
        knownCount = count;
    }

    /** RFC 2883, 4: the first block lies below the acknowledgement, or within the second. */
    private static boolean isDuplicateReport(Acknowledgement acknowledgement) {
        long start = acknowledgement.blocks[0];
        long end = acknowledgement.blocks[1];
        if (start >= end) {
            return false;
        }
        return end <= acknowledgement.position
                || acknowledgement.blockCount > 1
                        && start >= acknowledgement.blocks[2]
                        && end <= acknowledgement.blocks[3];
    }

    private long afterKnown(long start, long end) {
        for (int i = 0; i < knownCount; i++) {
            if (known[2 * i] <= start && known[2 * i + 1] > start && known[2 * i + 1] <= end) {
                return known[2 * i + 1];
            }
        }
        return start;
    }

    /**
     * @param from behind what is known of the block already
     */
    private void sack(long now, long start, long from, long end) {
        int segment = segments.find(from);
        if (segment < segments.count() && segments.start(segment) < from) {
            // A block that begins within a segment says nothing of the whole; nor does one known
            // up to there, whose last segment may have been cut: look at that one again.
            segment += segments.is(segment, SACKED) ? 1 : 0;
        }
        while (segment < segments.count() && segments.end(segment) <= end) {
            if (!segments.is(segment, SACKED) && segments.start(segment) >= start) {
                arrived(now, segment, segments.end(segment));
                selective += segments.end(segment) - segments.start(segment);
                segments.sack(segment);
            }
            segment++;
        }
    }

    /** What the other side reported may no longer be so. */
    void forgetBlocks() {
        knownCount = 0;
    }

    private void measure(Acknowledgement acknowledgement, long segmentsInFlight) {
        if (oldestSentAt != UNKNOWN && !isAmbiguous) {
            roundTrip = Math.max(1, acknowledgement.now - oldestSentAt);
        } else if (moved > 0 && acknowledgement.hasEcho) {
            roundTrip = acknowledgement.echoAge;
        }
        if (roundTrip > 0) {
            roundTripTime.measure(acknowledgement.now, roundTrip, (segmentsInFlight + 1) / 2);
        }
    }
}
