package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/**
 * Where a clock that goes on while the machine stands still is, by monotonic time, which does not.
 * That clock tells a time that is past, but less than its step: each look at it bounds what may be,
 * and the estimate is moved no further than into the bounds. So it comes closer with every look,
 * and a look after the machine has stood still moves it by as long as that was.
 */
final class TimeEstimate {
    /** What the clock is ahead of monotonic time. */
    private long offset;

    /** It tells that time now; it is less than {@code step} later. */
    @Uninterruptible(reason = Clock.REASON)
    void begin(long told, long step, long now) {
        offset = told + step / 2 - now;
    }

    /**
     * By how much the estimate is moved, now that the clock tells that time.
     *
     * @param step it is less than that later, in nanoseconds
     */
    @Uninterruptible(reason = Clock.REASON)
    long correct(long told, long step, long now) {
        long least = told - now;
        long most = least + step;
        long before = offset;
        if (before < least) {
            // If it cannot be the clock's step alone, the middle is the best guess.
            offset = least - before < step ? least : least + step / 2;
        } else if (before > most) {
            offset = before - most < step ? most : least + step / 2;
        }
        return offset - before;
    }
}
