package dev.cortado.kernel.machine;

import com.oracle.svm.core.Uninterruptible;

/** What a driver offers that can end the machine. */
public interface PowerDevice {
    /** Memory works now: registers that lie in memory can be mapped. */
    @Uninterruptible(reason = Machine.REASON)
    void open();

    /**
     * Memory, interrupts and threads work now: a power button may call {@link Machine#askToEnd}.
     */
    @Uninterruptible(reason = Machine.REASON)
    void enable();

    /** Tells the hypervisor one character of why the kernel gives up. */
    @Uninterruptible(reason = Machine.REASON)
    void explain(byte character);

    /**
     * Tells the hypervisor how the guest ended and switches the machine off. Returns only if the
     * device is not there.
     *
     * @param panicked whether the kernel gave up
     * @param code exit code of the program
     */
    @Uninterruptible(reason = Machine.REASON)
    void powerOff(boolean panicked, int code);
}
