package dev.cortado.runtime.net.tcp.timing;

/**
 * Round-trip time and the retransmission timeout made of it (RFC 6298), in nanoseconds. Who
 * measures leaves out segments that were sent twice (Karn's algorithm, section 3) unless their
 * timestamp tells which of them was acknowledged (RFC 7323, 4).
 *
 * <p>The timeout is at least 200 ms more than a round trip, not the whole second of section 2.4, as
 * everywhere today: the other side's delayed acknowledgements are no later than that in practice.
 */
public final class RoundTripTime {
    private static final long MILLISECOND = 1_000_000;

    public static final long INITIAL_TIMEOUT = 1_000 * MILLISECOND;

    /** What a timeout is longer than a round trip by, at least. */
    public static final long MINIMUM_MARGIN = 200 * MILLISECOND;

    public static final long MAXIMUM_TIMEOUT = 60_000 * MILLISECOND;

    /** How long a smallest round trip counts (RFC 8985, 6.2 wants a windowed minimum). */
    private static final long MINIMUM_WINDOW = 10_000 * MILLISECOND;

    private long smoothed;
    private long variation;
    private long minimum = Long.MAX_VALUE;
    private long minimumAt;
    private long timeout = INITIAL_TIMEOUT;
    private int backoffs;
    private boolean measured;

    /**
     * @param now nanoseconds
     * @param roundTrip nanoseconds
     * @param samples how many measurements a round trip gives: each then weighs less (RFC 7323,
     *     appendix G)
     */
    public void measure(long now, long roundTrip, long samples) {
        long sample = Math.max(1, roundTrip);
        if (sample <= minimum || now - minimumAt > MINIMUM_WINDOW) {
            minimum = sample;
            minimumAt = now;
        }
        if (!measured) {
            smoothed = sample;
            variation = sample / 2;
            measured = true;
        } else {
            long weight = Math.max(1, samples);
            variation += (Math.abs(smoothed - sample) - variation) / (4 * weight);
            smoothed += (sample - smoothed) / (8 * weight);
        }
        timeout = Math.min(MAXIMUM_TIMEOUT, smoothed + Math.max(MINIMUM_MARGIN, 4 * variation));
        backoffs = 0;
    }

    /** Section 5.5: the timer has expired. */
    public void backOff() {
        backoffs++;
    }

    /** Section 5.7: the SYN was lost, so that nothing is known yet. */
    public void restartAfterLostSyn() {
        if (!measured) {
            timeout = Math.max(timeout, 3_000 * MILLISECOND);
        }
        backoffs = 0;
    }

    /** RTO, doubled for each expiry since the last measurement. */
    public long timeout() {
        return backoffs >= 16 ? MAXIMUM_TIMEOUT : Math.min(MAXIMUM_TIMEOUT, timeout << backoffs);
    }

    public int backoffs() {
        return backoffs;
    }

    public boolean isMeasured() {
        return measured;
    }

    /** SRTT, 0 before the first measurement. */
    public long smoothed() {
        return smoothed;
    }

    /** The smallest of the last seconds, 0 before the first measurement. */
    public long minimum() {
        return measured ? minimum : 0;
    }
}
