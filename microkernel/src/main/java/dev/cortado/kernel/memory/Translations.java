package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Processor;

/**
 * What the CPUs remember of page tables. Which one an image has is decided while it is built, see
 * {@link MachineMemory#setTranslations}.
 */
public interface Translations {
    /**
     * Returns when no CPU uses old entries for the pages of [begin, begin + bytes) any more. The
     * caller holds no spin lock.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void forget(long begin, long bytes);

    /** This CPU has nothing to do from now on but to handle interrupts. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void endThreads(Processor self);

    /** This CPU runs threads again. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void beginThreads(Processor self);
}
