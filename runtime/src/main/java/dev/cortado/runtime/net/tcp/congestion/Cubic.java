package dev.cortado.runtime.net.tcp.congestion;

/**
 * CUBIC (RFC 9438): the window follows a cubic curve of the time since the last loss, flat where
 * that loss was, and is never less than what NewReno would have. The curve is in segments and
 * seconds, as in the RFC.
 */
public final class Cubic extends CongestionControl {
    /** Section 4.1. */
    private static final double C = 0.4;

    private static final double BETA = 0.7;

    /** Section 4.3: alpha of a NewReno that is as fair with beta 0.7. */
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);

    private static final long NONE = Long.MIN_VALUE;

    /** W_max, in segments. */
    private double windowMaximum;

    private double windowMaximumBefore;

    /** K, in seconds. */
    private double timeToMaximum;

    /** W_est, in segments. */
    private double renoEstimate;

    /** cwnd_prior, in segments: once W_est is there, it grows as NewReno does. */
    private double windowPrior;

    /** What the window has grown by that is less than a byte. */
    private double fraction;

    private long epoch = NONE;
    private long idleSince = NONE;

    public Cubic(int segmentBytes) {
        super(segmentBytes);
    }

    @Override
    public String name() {
        return "cubic";
    }

    @Override
    protected long grow(long now, long window, long acknowledged, long roundTrip) {
        double segments = (double) window / segmentBytes();
        if (epoch == NONE) {
            beginEpoch(now, segments);
        } else if (idleSince != NONE) {
            // Section 5.8: the curve does not go on while there is nothing to send.
            epoch += now - idleSince;
        }
        idleSince = NONE;
        double acknowledgedSegments = (double) acknowledged / segmentBytes();
        double seconds = (now - epoch) / 1e9;
        renoEstimate += (renoEstimate >= windowPrior ? 1 : ALPHA) * acknowledgedSegments / segments;
        double growth;
        if (curve(seconds) < renoEstimate) {
            growth = Math.max(0, renoEstimate - segments);
        } else {
            double target = curve(seconds + roundTrip / 1e9);
            target = Math.max(segments, Math.min(1.5 * segments, target));
            growth = (target - segments) / segments * acknowledgedSegments;
        }
        double bytes = growth * segmentBytes() + fraction;
        long whole = (long) bytes;
        fraction = bytes - whole;
        return window + whole;
    }

    private void beginEpoch(long now, double segments) {
        epoch = now;
        renoEstimate = segments;
        if (windowMaximum <= segments) {
            // No loss yet, or the window is already past it: begin where the curve is flat.
            windowMaximum = segments;
            timeToMaximum = 0;
        } else {
            timeToMaximum = Math.cbrt((windowMaximum - segments) / C);
        }
    }

    /** Section 4.2, figure 1. */
    private double curve(double seconds) {
        double t = seconds - timeToMaximum;
        return C * t * t * t + windowMaximum;
    }

    /** Sections 4.6 and 4.7, fast convergence. */
    @Override
    protected long reduce(long now, long window, long flight) {
        double segments = (double) window / segmentBytes();
        windowMaximumBefore = windowMaximum;
        windowMaximum = segments < windowMaximum ? segments * (1 + BETA) / 2 : segments;
        windowPrior = segments;
        epoch = NONE;
        idleSince = NONE;
        fraction = 0;
        return (long) (Math.min(window, Math.max(flight, window / 2)) * BETA);
    }

    /** Section 4.9. */
    @Override
    protected void restore() {
        windowMaximum = Math.max(windowMaximum, windowMaximumBefore);
        epoch = NONE;
    }

    @Override
    protected void idle(long now) {
        if (idleSince == NONE && epoch != NONE) {
            idleSince = now;
        }
    }
}
