package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.interrupt.InterruptHandler;

/**
 * A one-shot timer in each CPU. Which one an image has is decided while it is built, see {@link
 * Timer#setDevice}.
 */
public interface TimerDevice {
    /** Called once, on the first CPU, when the clock runs: its timer works from now on. */
    @Uninterruptible(reason = Clock.REASON)
    void initialize(InterruptHandler expired);

    /** Called on every other CPU: its timer works from now on. */
    @Uninterruptible(reason = Clock.REASON)
    void initializeProcessor();

    /**
     * This CPU's timer fires at that nanosecond of monotonic time, at once if it has passed; {@link
     * Timer#NEVER} stops it. It may fire early.
     */
    @Uninterruptible(reason = Clock.REASON)
    void setDeadline(long deadline);
}
