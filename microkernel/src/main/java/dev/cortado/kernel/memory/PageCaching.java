package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/**
 * How a CPU caches a page of a device (Intel SDM vol. 3A, 11.12 "Page Attribute Table"): two bits
 * of the page's entry choose one of four types that the CPU was told.
 */
public final class PageCaching {
    /** Each access goes to the device, in its order: registers. */
    public static final int UNCACHED = 0;

    /** Writes are collected, and come in any order: frame buffers. */
    public static final int WRITE_COMBINING = 1;

    static final int MSR_PAT = 0x277;

    /**
     * As after a reset (write-back, write-through, UC-, uncacheable), but for the second type,
     * which nobody uses: write-combining. Twice, since the third bit of an entry is not used.
     */
    static final long PAT = 0x0007_0106_0007_0106L;

    private PageCaching() {}

    /** The bits of a page's entry. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long encode(int caching) {
        return caching == WRITE_COMBINING
                ? PageTable.WRITE_THROUGH
                : PageTable.CACHE_DISABLE | PageTable.WRITE_THROUGH;
    }
}
