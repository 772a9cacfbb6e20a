package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;

/**
 * How fast a counter counts, for both ways round: so many nanoseconds are so many ticks that they
 * are no fewer nanoseconds. A timer that is set by it never fires early, however long the machine
 * has been up.
 */
public final class TickScale {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** Two weeks: ticks for longer than that are not asked for. */
    public static final long FURTHEST = 1L << 50;

    /** No counter is slower or faster; what a hypervisor says beyond them is wrong. */
    private static final long SLOWEST = 1_000_000;

    static final long FASTEST = 9_000_000_000L;

    /** More rounds than it takes: each one's rest is a millionth of the last one's. */
    private static final int ROUNDS = 8;

    private long ticksPerSecond = NANOS_PER_SECOND;

    /** Nanoseconds a tick, as a 32.32 fixed-point number, rounded to the nearest. */
    private long nanosPerTick = 1L << 32;

    /** Whether something counts at that speed. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean isPlausible(long ticksPerSecond) {
        return ticksPerSecond >= SLOWEST && ticksPerSecond <= FASTEST;
    }

    /** A plausible speed. */
    @Uninterruptible(reason = Clock.REASON)
    public void set(long newTicksPerSecond) {
        ticksPerSecond = newTicksPerSecond;
        nanosPerTick =
                Long.divideUnsigned(
                        (NANOS_PER_SECOND << 32) + newTicksPerSecond / 2, newTicksPerSecond);
    }

    /** How long so many ticks take, rounded down. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanos(long ticks) {
        return Clock.toNanos(ticks, nanosPerTick);
    }

    /**
     * How many ticks take as long as that or hardly longer.
     *
     * @param nanos not negative; at most {@link #FURTHEST}
     */
    @Uninterruptible(reason = Clock.REASON)
    public long ticks(long nanos) {
        long ticks = roundedUp(nanos, ticksPerSecond);
        for (int i = 0; i < ROUNDS && nanos(ticks) < nanos; i++) {
            ticks += Numbers.max(1, roundedUp(nanos - nanos(ticks), ticksPerSecond));
        }
        return ticks;
    }

    /**
     * So many nanoseconds' worth of ticks, rounded up.
     *
     * @param nanos not negative; at most {@link #FURTHEST}
     * @param ticksPerSecond plausible
     */
    @Uninterruptible(reason = Clock.REASON)
    static long roundedUp(long nanos, long ticksPerSecond) {
        long seconds = nanos / NANOS_PER_SECOND;
        long rest = nanos % NANOS_PER_SECOND;
        return seconds * ticksPerSecond
                + (rest * ticksPerSecond + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
    }
}
