package dev.cortado.kernel.substrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HeapSizesTest {
    private static final long MEGABYTE = 1 << 20;

    @Test
    void aSmallMachineBeginsSmallAndALargeOneNotLarge() {
        assertEquals(24 * MEGABYTE, HeapSizes.initial(240 * MEGABYTE));
        assertEquals(64 * MEGABYTE, HeapSizes.initial(4096 * MEGABYTE));
        assertEquals(128 * MEGABYTE, HeapSizes.initial(1L << 40));
    }

    @Test
    void whatCollectionsAskForIsGiven() {
        assertEquals(8 * MEGABYTE, HeapSizes.oldRoom(0, 8 * MEGABYTE));
        assertEquals(8 * MEGABYTE, HeapSizes.oldRoom(3 * MEGABYTE, 8 * MEGABYTE));
    }

    /** With 2 MB each time, it would be five hundred, which look at 250 GB. */
    @Test
    void aGigabyteIsFilledInFewCollections() {
        long live = 2 * MEGABYTE;
        long lookedAt = 0;
        int collections = 0;
        while (live < 1024 * MEGABYTE) {
            live += HeapSizes.oldRoom(live, 2 * MEGABYTE);
            lookedAt += live;
            collections++;
        }
        assertTrue(collections < 20, collections + " collections");
        assertTrue(lookedAt < 4 * live, lookedAt + " bytes");
    }

    @Test
    void generationsKeepWhatAServerNeeds() {
        assertEquals(12L << 20, HeapSizes.leastPart(256L << 20));
        assertEquals(12L << 20, HeapSizes.leastPart(64L << 30));
        assertEquals(3L << 20, HeapSizes.leastPart(48L << 20));
    }
}
