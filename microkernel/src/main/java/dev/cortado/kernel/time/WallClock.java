package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/**
 * The time of day on top of monotonic time: set once, corrected later without a jump. Whoever
 * changes it does so alone and is not interrupted meanwhile; anybody may read it at any time.
 */
final class WallClock {
    /** Nanoseconds since 1970-01-01T00:00Z at the monotonic time 0, without the slew. */
    private volatile long epochNanosAtStart;

    /** A correction under way, as {@link Slew} wants it, and the monotonic time of its begin. */
    private volatile long slewNanos;

    private volatile long slewPerMillion;
    private volatile long slewBegin;

    /** Odd while the fields above change. */
    private volatile long version;

    /** It is that time now, whatever it was before. */
    @Uninterruptible(reason = Clock.REASON)
    void set(long epochNanos, long now) {
        change(epochNanos - now, 0, 0, now);
    }

    /** It is that much later, or earlier, and a correction under way is done at once. */
    @Uninterruptible(reason = Clock.REASON)
    void jump(long nanos, long now) {
        change(epochNanosAtStart + slewNanos + nanos, 0, 0, now);
    }

    /** It is corrected by that besides what is left of an earlier correction, which goes on. */
    @Uninterruptible(reason = Clock.REASON)
    void slewMore(long nanos, long perMillion, long now) {
        long done = Slew.done(slewNanos, slewPerMillion, now - slewBegin);
        long left = slewNanos - done;
        long speed = left == 0 ? perMillion : slewPerMillion;
        change(epochNanosAtStart + done, left + nanos, speed, now);
    }

    /** From now on it is corrected; what an earlier correction has not done yet is dropped. */
    @Uninterruptible(reason = Clock.REASON)
    void slew(long nanos, long perMillion, long now) {
        long done = Slew.done(slewNanos, slewPerMillion, now - slewBegin);
        change(epochNanosAtStart + done, nanos, perMillion, now);
    }

    @Uninterruptible(reason = Clock.REASON)
    private void change(long atStart, long nanos, long perMillion, long now) {
        version++;
        epochNanosAtStart = atStart;
        slewNanos = nanos;
        slewPerMillion = perMillion;
        slewBegin = now;
        version++;
    }

    /** Nanoseconds since 1970-01-01T00:00Z at a monotonic time. */
    @Uninterruptible(reason = Clock.REASON)
    long epochNanos(long now) {
        while (true) {
            long before = version;
            long done = Slew.done(slewNanos, slewPerMillion, now - slewBegin);
            long epochNanos = epochNanosAtStart + now + done;
            if ((before & 1) == 0 && version == before) {
                return epochNanos;
            }
        }
    }
}
