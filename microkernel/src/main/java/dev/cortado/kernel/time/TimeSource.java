package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/**
 * What time is read from. Which one an image has is decided while it is built, see {@link
 * Clock#setSource}.
 */
public interface TimeSource {
    /** Called once, on the first CPU, when memory can be allocated and the CPU be interrupted. */
    @Uninterruptible(reason = Clock.REASON)
    void initialize();

    /** Nanoseconds since boot. Never goes back, on whichever CPU it is asked. */
    @Uninterruptible(reason = Clock.REASON)
    long nanoTime();

    /** Nanoseconds since 1970-01-01T00:00Z now, as the machine says; 0 where it does not know. */
    @Uninterruptible(reason = Clock.REASON)
    long epochNanos();
}
