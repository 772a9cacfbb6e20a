package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.cpu.SpinLock;
import jdk.internal.misc.Unsafe;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Monotonic time since boot, and the wall clock on top of it. */
public final class Clock {
    static final String REASON = "Time is asked for everywhere, by the scheduler too.";

    /**
     * When the wall clock is read so long after the last look at the machine's, there is another:
     * the machine may have stood still, and would be behind until then.
     */
    private static final long LOOK_NANOS = 400_000_000;

    /** Corrections back of less are spread over time. */
    private static final long JUMP_BACK_NANOS = 1_000_000_000;

    /** Corrections forward of less are: NTP's step threshold (RFC 5905, appendix A.1.1, STEPT). */
    private static final long JUMP_NANOS = 128_000_000;

    private static final long CORRECTION_PER_MILLION = 50_000;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private static TimeSource source;

    /** The fastest {@link #slew}: a tenth. */
    private static final long MOST_PER_MILLION = 100_000;

    private static final WallClock WALL_CLOCK = new WallClock();

    /** Where the machine's clock is. */
    private static final TimeEstimate ESTIMATE = new TimeEstimate();

    /** 1 while somebody looks at it. */
    private static final int[] LOOKING = new int[1];

    private static volatile long lookedAt;

    private Clock() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setSource(TimeSource chosen) {
        source = chosen;
    }

    @Uninterruptible(reason = REASON)
    static void initialize() {
        source.initialize();
        long told = source.epochNanos();
        long now = nanoTime();
        setWallClock(told + source.epochStep() / 2);
        ESTIMATE.begin(told, source.epochStep(), now);
        lookedAt = told == TimeSource.UNKNOWN || source.epochStep() == 0 ? Long.MAX_VALUE : now;
    }

    @Uninterruptible(reason = REASON)
    static void initializeProcessor() {
        source.initializeProcessor();
    }

    /** Sets the wall clock: nanoseconds since 1970-01-01T00:00Z, now. */
    @Uninterruptible(reason = REASON)
    public static void setWallClock(long epochNanos) {
        // A reader in an interrupt on this CPU would wait for ever for the end of the change.
        long flags = SpinLock.acquire(SpinLock.CLOCK);
        WALL_CLOCK.set(epochNanos, nanoTime());
        SpinLock.release(SpinLock.CLOCK, flags);
    }

    /**
     * Corrects the wall clock little by little: it runs faster, or slower if {@code nanos} is
     * negative, by {@code perMillion} parts of a million until it is corrected. What is left of an
     * earlier correction is dropped. Monotonic time is not touched.
     *
     * @param perMillion from 1 to 100,000; NTP uses 500
     * @throws IllegalArgumentException for another {@code perMillion}
     */
    public static void slew(long nanos, long perMillion) {
        if (perMillion < 1 || perMillion > MOST_PER_MILLION) {
            throw new IllegalArgumentException("not from 1 to 100000: " + perMillion);
        }
        startSlew(nanos, perMillion);
    }

    @Uninterruptible(reason = REASON)
    private static void startSlew(long nanos, long perMillion) {
        long flags = SpinLock.acquire(SpinLock.CLOCK);
        WALL_CLOCK.slew(nanos, perMillion, nanoTime());
        SpinLock.release(SpinLock.CLOCK, flags);
    }

    /** Nanoseconds since boot. Never goes back. */
    @Uninterruptible(reason = REASON)
    public static long nanoTime() {
        return source.nanoTime();
    }

    /** Nanoseconds since 1970-01-01T00:00Z. */
    @Uninterruptible(reason = REASON)
    public static long epochNanos() {
        long now = nanoTime();
        if (now - LOOK_NANOS > lookedAt) {
            look();
        }
        return WALL_CLOCK.epochNanos(now);
    }

    /**
     * Looks at the machine's clock, which may have gone on while the machine stood still (it was
     * stopped, saved and restored, or moved), and corrects the wall clock by what that differs from
     * what was to be expected. Whoever has set the wall clock to another time keeps the difference.
     */
    @Uninterruptible(reason = REASON)
    private static void look() {
        if (!UNSAFE.compareAndSetInt(LOOKING, Unsafe.ARRAY_INT_BASE_OFFSET, 0, 1)) {
            return;
        }
        long before = nanoTime();
        long told = source.epochNanos();
        long now = nanoTime();
        lookedAt = now;
        if (told != TimeSource.UNKNOWN) {
            // It was told between the two.
            correct(ESTIMATE.correct(told, source.epochStep() + now - before, now));
        }
        UNSAFE.putIntVolatile(LOOKING, Unsafe.ARRAY_INT_BASE_OFFSET, 0);
    }

    @Uninterruptible(reason = REASON)
    private static void correct(long nanos) {
        if (nanos == 0) {
            return;
        }
        long flags = SpinLock.acquire(SpinLock.CLOCK);
        if (nanos >= JUMP_NANOS || nanos <= -JUMP_BACK_NANOS) {
            WALL_CLOCK.jump(nanos, nanoTime());
        } else {
            WALL_CLOCK.slewMore(nanos, CORRECTION_PER_MILLION, nanoTime());
        }
        SpinLock.release(SpinLock.CLOCK, flags);
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
}
