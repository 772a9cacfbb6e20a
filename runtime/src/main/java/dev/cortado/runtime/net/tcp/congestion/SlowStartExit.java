package dev.cortado.runtime.net.tcp.congestion;

/**
 * HyStart++ (RFC 9406): slow start ends when round trips become longer, before a queue overflows.
 * First it slows down (conservative slow start), for the case that the longer round trips were a
 * matter of chance.
 */
final class SlowStartExit {
    private static final long MILLISECOND = 1_000_000;

    /** Names and values of section 4.3. */
    private static final long MIN_RTT_THRESH = 4 * MILLISECOND;

    private static final long MAX_RTT_THRESH = 16 * MILLISECOND;
    private static final int MIN_RTT_DIVISOR = 8;
    private static final int N_RTT_SAMPLE = 8;
    private static final int CSS_GROWTH_DIVISOR = 4;
    private static final int CSS_ROUNDS = 5;

    private long lastRoundMinimum = Long.MAX_VALUE;
    private long currentRoundMinimum = Long.MAX_VALUE;
    private long baselineMinimum;
    private long roundEnd = Long.MIN_VALUE;
    private int samples;
    private int conservativeRounds;
    private boolean conservative;
    private boolean over;

    /** How much of it the window grows by. */
    long growth(long growth, long roundTrip, long acknowledgedTo, long sentTo) {
        if (over) {
            return growth;
        }
        if (acknowledgedTo >= roundEnd) {
            beginRound(sentTo);
        }
        if (roundTrip > 0) {
            currentRoundMinimum = Math.min(currentRoundMinimum, roundTrip);
            samples++;
        }
        look();
        return conservative ? growth / CSS_GROWTH_DIVISOR : growth;
    }

    private void beginRound(long sentTo) {
        roundEnd = sentTo;
        lastRoundMinimum = currentRoundMinimum;
        currentRoundMinimum = Long.MAX_VALUE;
        samples = 0;
        if (conservative && ++conservativeRounds >= CSS_ROUNDS) {
            over = true;
        }
    }

    private void look() {
        if (samples < N_RTT_SAMPLE || currentRoundMinimum == Long.MAX_VALUE) {
            return;
        }
        if (conservative) {
            if (currentRoundMinimum < baselineMinimum) {
                conservative = false;
                baselineMinimum = 0;
            }
        } else if (lastRoundMinimum != Long.MAX_VALUE) {
            long threshold =
                    Math.max(
                            MIN_RTT_THRESH,
                            Math.min(lastRoundMinimum / MIN_RTT_DIVISOR, MAX_RTT_THRESH));
            if (currentRoundMinimum >= lastRoundMinimum + threshold) {
                baselineMinimum = currentRoundMinimum;
                conservative = true;
                conservativeRounds = 0;
            }
        }
    }

    /** Whether slow start has come to its end. */
    boolean isOver() {
        return over;
    }

    /** There was a loss: only the first slow start is watched (section 4.3). */
    void stop() {
        over = true;
    }
}
