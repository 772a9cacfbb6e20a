package dev.cortado.runtime.net.tcp;

import java.util.concurrent.atomic.AtomicLong;

/** So many a second, and no more: a window of a second after the other. Any thread may ask. */
final class PerSecondLimit {
    private static final long SECOND = 1_000_000_000;
    private static final int COUNT_BITS = 24;

    private final int perSecond;

    /** The number of the second in the upper bits, how many it has had in the lower. */
    private final AtomicLong used = new AtomicLong(-1L << COUNT_BITS);

    PerSecondLimit(int perSecond) {
        this.perSecond = Math.min(perSecond, (1 << COUNT_BITS) - 1);
    }

    /** Whether one more is allowed, which counts then. */
    boolean allow(long now) {
        long second = Math.floorDiv(now, SECOND);
        while (true) {
            long seen = used.get();
            boolean same = seen >> COUNT_BITS == second;
            long count = same ? seen & (1L << COUNT_BITS) - 1 : 0;
            if (count >= perSecond) {
                return false;
            }
            if (used.compareAndSet(seen, second << COUNT_BITS | count + 1)) {
                return true;
            }
        }
    }
}
