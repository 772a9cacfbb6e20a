package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/**
 * What time is read from. Which one an image has is decided while it is built, see {@link
 * Clock#setSource}.
 */
public interface TimeSource {
    /** What {@link #epochNanos} returns if it does not know. */
    long UNKNOWN = 0;

    /** Called once, on the first CPU, when memory can be allocated and the CPU be interrupted. */
    @Uninterruptible(reason = Clock.REASON)
    void initialize();

    /** Called on every other CPU, before it is asked for the time. */
    @Uninterruptible(reason = Clock.REASON)
    void initializeProcessor();

    /** Nanoseconds since boot. Never goes back, on whichever CPU it is asked. */
    @Uninterruptible(reason = Clock.REASON)
    long nanoTime();

    /**
     * Nanoseconds since 1970-01-01T00:00Z now, as the machine says; {@link #UNKNOWN} where it does
     * not know, or not at this moment.
     */
    @Uninterruptible(reason = Clock.REASON)
    long epochNanos();

    /**
     * It is less than that later than {@link #epochNanos}. 0 if there is no sense in asking again:
     * it would not tell that the machine has stood still, or somebody else does.
     */
    @Uninterruptible(reason = Clock.REASON)
    long epochStep();
}
