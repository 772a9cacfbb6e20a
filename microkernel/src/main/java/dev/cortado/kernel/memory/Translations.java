package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** What the CPUs remember of page tables. */
public interface Translations {
    /**
     * Returns when no CPU uses old entries for the pages of [begin, begin + bytes) any more. The
     * caller holds no spin lock.
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void forget(long begin, long bytes);
}
