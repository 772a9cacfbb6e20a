package dev.cortado.kernel.cpu;

import com.oracle.svm.core.Uninterruptible;

/**
 * What a CPU does while another has the lock that it wants: the other may be a virtual one that the
 * hypervisor has stopped to run this one.
 */
public interface SpinWait {
    String REASON = "Waits for a spin lock.";

    /** Between two looks. */
    @Uninterruptible(reason = REASON)
    void pause();

    /** Whether a CPU that waits for long sleeps, and is woken by {@link #wake}. */
    @Uninterruptible(reason = REASON)
    boolean sleeps();

    /** Has waited for long and does not sleep: the hypervisor may run others first. */
    @Uninterruptible(reason = REASON)
    void yield();

    /** Interrupts a CPU, which may be this one. */
    @Uninterruptible(reason = REASON)
    void wake(Processor processor);
}
