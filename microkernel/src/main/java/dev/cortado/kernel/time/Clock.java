package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Monotonic time since boot, and the wall clock on top of it. */
public final class Clock {
    static final String REASON = "Time is asked for everywhere, by the scheduler too.";

    private static TimeSource source;

    /** The fastest {@link #slew}: a tenth. */
    private static final long MOST_PER_MILLION = 100_000;

    private static final WallClock WALL_CLOCK = new WallClock();

    private Clock() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(TimeSource chosen) {
        source = chosen;
    }

    @Uninterruptible(reason = REASON)
    static void initialize() {
        source.initialize();
        setWallClock(source.epochNanos());
    }

    /** Sets the wall clock: nanoseconds since 1970-01-01T00:00Z, now. */
    @Uninterruptible(reason = REASON)
    public static void setWallClock(long epochNanos) {
        // A reader in an interrupt on this CPU would wait for ever for the end of the change.
        long flags = Cpu.disableInterrupts();
        WALL_CLOCK.set(epochNanos, nanoTime());
        Cpu.restoreInterrupts(flags);
    }

    /**
     * Corrects the wall clock little by little: it runs faster, or slower if {@code nanos} is
     * negative, by {@code perMillion} parts of a million until it is corrected. What is left of an
     * earlier correction is dropped. Monotonic time is not touched.
     *
     * @param perMillion from 1 to 100,000; NTP uses 500
     * @throws IllegalArgumentException for another {@code perMillion}
     */
    public static synchronized void slew(long nanos, long perMillion) {
        if (perMillion < 1 || perMillion > MOST_PER_MILLION) {
            throw new IllegalArgumentException("not from 1 to 100000: " + perMillion);
        }
        startSlew(nanos, perMillion);
    }

    @Uninterruptible(reason = REASON)
    private static void startSlew(long nanos, long perMillion) {
        long flags = Cpu.disableInterrupts(); // as above
        WALL_CLOCK.slew(nanos, perMillion, nanoTime());
        Cpu.restoreInterrupts(flags);
    }

    /** Nanoseconds since boot. Never goes back. */
    @Uninterruptible(reason = REASON)
    public static long nanoTime() {
        return source.nanoTime();
    }

    /** Nanoseconds since 1970-01-01T00:00Z. */
    @Uninterruptible(reason = REASON)
    public static long epochNanos() {
        return WALL_CLOCK.epochNanos(nanoTime());
    }

    /** The monotonic time in {@code nanos} from now; far future where that would overflow. */
    @Uninterruptible(reason = REASON)
    public static long deadlineIn(long nanos) {
        long deadline = nanoTime() + Numbers.max(nanos, 0);
        return deadline < 0 ? Long.MAX_VALUE - 1 : deadline;
    }

    /** Ticks times a 32.32 number, without losing the high bits of the product. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static long toNanos(long ticks, long nanosPerTick) {
        long high = ticks >>> 32;
        long low = ticks & 0xffff_ffffL;
        return high * nanosPerTick + multiplyLow(low, nanosPerTick);
    }

    /** (a * b) >>> 32 for an {@code a} of 32 bits and a {@code b} of up to 62. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long multiplyLow(long a, long b) {
        return a * (b >>> 32) + ((a * (b & 0xffff_ffffL)) >>> 32);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long nanosToTicks(long nanos, long ticksPerSecond) {
        long seconds = nanos / 1_000_000_000;
        long rest = nanos % 1_000_000_000;
        if (seconds > Long.MAX_VALUE / ticksPerSecond - 1) {
            return Long.MAX_VALUE;
        }
        return seconds * ticksPerSecond + rest * (ticksPerSecond / 1_000) / 1_000_000;
    }
}
