package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;

/**
 * What brings interrupts to CPUs. Which one an image has is decided while it is built, see {@link
 * Interrupts#setController}.
 */
public interface InterruptController {
    /** Called once, on the first CPU, as soon as memory can be allocated. False: no memory. */
    @Uninterruptible(reason = Interrupts.REASON)
    boolean initialize();

    /** Called on every other CPU: from now on it can be interrupted. */
    @Uninterruptible(reason = Interrupts.REASON)
    void initializeProcessor();

    /** The number by which it knows the CPU that this runs on. */
    @Uninterruptible(reason = Interrupts.REASON)
    int id();

    /** Raises an interrupt on another CPU. */
    @Uninterruptible(reason = Interrupts.REASON)
    void send(int id, int vector);

    /**
     * Stops another CPU that runs threads, whatever it does: a non-maskable interrupt, or for good.
     * None is sent to all CPUs at once: those that the kernel does not run are the firmware's.
     */
    @Uninterruptible(reason = Interrupts.REASON)
    void stop(Processor other);

    /** The interrupt that this CPU handles is over. */
    @Uninterruptible(reason = Interrupts.REASON)
    void endOfInterrupt();
}
