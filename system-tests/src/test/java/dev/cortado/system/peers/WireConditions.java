package dev.cortado.system.peers;

import java.util.concurrent.TimeUnit;

/**
 * How bad a wire is, each way.
 *
 * @param bitsPerSecond how fast frames go into it
 * @param queueBytes how many wait for that; others are dropped
 * @param delayNanos how long a frame is on its way
 * @param loss part of the frames that get lost
 * @param reordering part of the frames that others overtake
 * @param duplication part of the frames that come twice
 * @param corruption part of the frames with a byte that is another one
 * @param seed of what becomes of which frame
 */
record WireConditions(
        long bitsPerSecond,
        int queueBytes,
        long delayNanos,
        double loss,
        double reordering,
        double duplication,
        double corruption,
        long seed) {
    private static final long BITS_PER_SECOND = 20_000_000;
    private static final int QUEUE_BYTES = 256 * 1024;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** 20 Mbit/s, a tenth of a second there and back, and frames get lost. */
    static WireConditions lossy(double loss, long seed) {
        return new WireConditions(BITS_PER_SECOND, QUEUE_BYTES, DELAY_NANOS, loss, 0, 0, 0, seed);
    }

    /** The same, where all that can happen does. */
    static WireConditions hostile(long seed) {
        return new WireConditions(
                BITS_PER_SECOND, QUEUE_BYTES, DELAY_NANOS / 5, 0.005, 0.01, 0.01, 0.005, seed);
    }

    /** The same, where nothing is lost but for want of room. */
    WireConditions withoutFaults() {
        return new WireConditions(bitsPerSecond, queueBytes, delayNanos, 0, 0, 0, 0, seed);
    }
}
