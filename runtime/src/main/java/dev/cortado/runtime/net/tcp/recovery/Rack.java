package dev.cortado.runtime.net.tcp.recovery;

/**
 * RACK (RFC 8985, 6): a segment is lost when one that was sent later, by more than the time that
 * reordering may take, has arrived. Nothing is counted but time.
 */
final class Rack {
    static final long NONE = Long.MAX_VALUE;

    /** Section 6.2, step 4: how many recoveries a widened window lasts. */
    private static final int PERSISTENCE = 16;

    private static final int DUPLICATE_THRESHOLD = 3;

    private long sentAt;
    private long end;
    private long roundTrip;
    private long forwardmost = Long.MIN_VALUE;
    private boolean reordering;
    private int windowMultiplier = 1;
    private int windowPersistence = PERSISTENCE;
    private boolean any;

    /** RACK.dsack_round. */
    private long duplicatesUntil = Long.MIN_VALUE;

    /**
     * Step 2: a segment has arrived.
     *
     * @param ambiguous it was sent again, and no timestamp tells which one this was
     */
    void arrived(long now, long segmentSentAt, long segmentEnd, boolean ambiguous, long minimum) {
        long measured = now - segmentSentAt;
        if (ambiguous && measured < minimum) {
            // An answer to the first one: nothing can be that fast.
            return;
        }
        if (!any || isAfter(segmentSentAt, segmentEnd, sentAt, end)) {
            sentAt = segmentSentAt;
            end = segmentEnd;
            roundTrip = measured;
            any = true;
        }
    }

    /** Step 3: a segment that was sent once arrives after one that was sent later. */
    void noteOrder(long segmentEnd, boolean sentAgain) {
        if (segmentEnd > forwardmost) {
            forwardmost = segmentEnd;
        } else if (segmentEnd < forwardmost && !sentAgain) {
            reordering = true;
        }
    }

    private static boolean isAfter(long sentA, long endA, long sentB, long endB) {
        return sentA > sentB || sentA == sentB && endA > endB;
    }

    /**
     * Step 4: the other side has got a segment twice, so that we waited too little. Counts once a
     * round trip.
     *
     * @param first position that is not acknowledged
     * @param last position that was not sent
     */
    void duplicateReported(long first, long last) {
        if (first < duplicatesUntil) {
            return;
        }
        duplicatesUntil = last;
        windowMultiplier = Math.min(windowMultiplier + 1, 64);
        windowPersistence = PERSISTENCE;
    }

    /** What was taken for an answer to a segment sent again was one to the first. */
    void forget() {
        any = false;
    }

    void recoveryEnded() {
        if (--windowPersistence <= 0) {
            windowPersistence = PERSISTENCE;
            windowMultiplier = 1;
        }
    }

    /** Step 4: RACK.reo_wnd, nanoseconds. */
    private long reorderingWindow(
            boolean recovering, long sackedSegments, long minimum, long smoothed) {
        if (!reordering && (recovering || sackedSegments >= DUPLICATE_THRESHOLD)) {
            return 0;
        }
        return Math.min(windowMultiplier * (minimum / 4), smoothed);
    }

    /**
     * Step 5: marks what is lost.
     *
     * @return when to look again, {@link #NONE} if nothing waits for that
     */
    long detect(long now, SentSegments segments, boolean recovering, long minimum, long smoothed) {
        if (!any) {
            return NONE;
        }
        int sacked = 0;
        int limit = segments.count();
        if (!reordering && !recovering && segments.sackedBytes() > 0) {
            for (int i = 0; i < limit && sacked < DUPLICATE_THRESHOLD; i++) {
                sacked += segments.is(i, SentSegments.SACKED) ? 1 : 0;
            }
        }
        long window = reorderingWindow(recovering, sacked, minimum, smoothed);
        long again = NONE;
        for (int i = 0; i < limit; i++) {
            if (segments.is(i, SentSegments.SACKED)
                    || segments.is(i, SentSegments.LOST) && !segments.is(i, SentSegments.RESENT)) {
                continue;
            }
            long sent = segments.sentAt(i);
            if (!isAfter(sentAt, end, sent, segments.end(i))) {
                if (!segments.is(i, SentSegments.EVER_RESENT)) {
                    // Those behind it were sent later still.
                    break;
                }
                continue;
            }
            long due = sent + roundTrip + window;
            if (due <= now) {
                segments.lose(i);
            } else {
                again = Math.min(again, due);
            }
        }
        return again;
    }
}
