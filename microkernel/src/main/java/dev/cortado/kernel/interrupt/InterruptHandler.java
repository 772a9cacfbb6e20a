package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;

/** What to do when a vector fires: acknowledge the device, note it, wake whoever waits. */
public interface InterruptHandler {
    /** Runs with interrupts off on the interrupted thread's stack; neither waits nor allocates. */
    @Uninterruptible(reason = Interrupts.REASON)
    void handle();
}
