package dev.cortado.kernel.start;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;

/**
 * What each CPU needs besides its registers. Which one an image has is decided while it is built,
 * see {@link ProcessorStart#setModel}.
 */
public interface ProcessorModel {
    /**
     * A control block for a CPU; null: no memory.
     *
     * @param hardwareId by which the interrupt controller knows it
     */
    @Uninterruptible(reason = BootInformation.REASON)
    Processor create(int hardwareId);

    /** From here on this CPU is that one. */
    @Uninterruptible(reason = BootInformation.REASON)
    void activate(Processor processor);

    /** What all CPUs share; called once, after the first {@link #activate}. */
    @Uninterruptible(reason = BootInformation.REASON)
    void initializeShared();
}
