package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Types of memory as the Intel SDM, vol. 3A, table 11-10, numbers them. */
final class PageCachingTest {
    private static final int UNCACHEABLE = 0;
    private static final int WRITE_COMBINING = 1;
    private static final int WRITE_BACK = 6;
    private static final int UC_MINUS = 7;

    private static long type(long entry) {
        // Table 11-11: PCD is bit 1 of the index, PWT bit 0.
        long index = entry >> 4 & 1;
        index = index << 1 | entry >> 3 & 1;
        return PageCaching.PAT >>> 8 * index & 0xff;
    }

    @Test
    void eachKindOfPageHasItsType() {
        assertEquals(WRITE_BACK, type(PageAccess.encode(PageAccess.READ | PageAccess.WRITE)));
        assertEquals(UNCACHEABLE, type(PageCaching.encode(PageCaching.UNCACHED)));
        assertEquals(WRITE_COMBINING, type(PageCaching.encode(PageCaching.WRITE_COMBINING)));
        assertEquals(UC_MINUS, type(PageTable.CACHE_DISABLE));
    }

    @Test
    void theThirdBitOfAnIndexMakesNoDifference() {
        assertEquals(PageCaching.PAT >>> 32, PageCaching.PAT & 0xffff_ffffL);
    }
}
