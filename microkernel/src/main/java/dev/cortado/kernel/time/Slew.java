package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/**
 * A correction of the wall clock that is spread over time, as NTP asks for (RFC 5905, 11.3): the
 * clock runs a little faster or slower until the correction is done, and never jumps or stands
 * still.
 */
final class Slew {
    static final long MILLION = 1_000_000;

    private Slew() {}

    /**
     * How much of a correction is done.
     *
     * @param nanos the correction, negative if the clock is fast
     * @param perMillion nanoseconds corrected in a million nanoseconds, positive
     * @param elapsed nanoseconds since the correction began; before it, nothing is done
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long done(long nanos, long perMillion, long elapsed) {
        if (elapsed <= 0) {
            return 0;
        }
        // In two steps, so that years do not overflow.
        long limit = elapsed / MILLION * perMillion + elapsed % MILLION * perMillion / MILLION;
        if (nanos < 0) {
            return -limit < nanos ? nanos : -limit;
        }
        return limit > nanos ? nanos : limit;
    }
}
