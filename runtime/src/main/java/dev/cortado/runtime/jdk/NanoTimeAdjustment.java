package dev.cortado.runtime.jdk;

/** The fine part of {@link java.time.Clock}, relative to an offset that the JDK keeps near now. */
final class NanoTimeAdjustment {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Beyond it the JDK's native gives up, so that its caller fetches a new offset. */
    private static final long MAXIMUM_SECONDS = 1L << 32;

    private static final long OUT_OF_RANGE = -1;

    private NanoTimeAdjustment() {}

    /** Nanoseconds from {@code offsetSeconds} to {@code epochNanos}, or -1. */
    static long between(long offsetSeconds, long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) - offsetSeconds;
        if (seconds >= MAXIMUM_SECONDS || seconds <= -MAXIMUM_SECONDS) {
            return OUT_OF_RANGE;
        }
        return seconds * NANOS_PER_SECOND + Math.floorMod(epochNanos, NANOS_PER_SECOND);
    }
}
