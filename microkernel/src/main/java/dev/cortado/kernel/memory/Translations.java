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

    /**
     * As {@link #forget}, for page tables that are about to be freed: a CPU without threads may
     * still walk them, ahead of what it runs (Intel SDM vol. 3A, 4.10.2.3 and 4.10.3), so that it
     * is waited for as well.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void forgetTables(long begin, long bytes);

    /**
     * Does what other CPUs wait for this one to do. Who waits for other CPUs with interrupts off
     * calls it again and again: of two that wait for each other, neither would go on.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void answer();

    /** This CPU has nothing to do from now on but to handle interrupts. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void endThreads(Processor self);

    /** This CPU runs threads again. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void beginThreads(Processor self);
}
