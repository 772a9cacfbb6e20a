package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;

/** A CPU's time-stamp counter, or a test's. */
public interface TickCounter {
    @Uninterruptible(reason = Clock.REASON)
    long read();
}
