package dev.cortado.kernel.interrupt;

import com.oracle.svm.core.Uninterruptible;

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

    /** Stops all other CPUs, whatever they do: a non-maskable interrupt, or for good. */
    @Uninterruptible(reason = Interrupts.REASON)
    void stopOthers();

    /** The interrupt that this CPU handles is over. */
    @Uninterruptible(reason = Interrupts.REASON)
    void endOfInterrupt();
}
