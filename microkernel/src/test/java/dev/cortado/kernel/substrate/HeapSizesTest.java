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

    /** However slow collections were: a gigabyte of memory is no reason to fill it with garbage. */
    @Test
    void whatCollectionsCostGrowsAPartToWhatIsAliveAtMost() {
        long memory = 1024 * MEGABYTE;
        long few = HeapSizes.mostPart(memory, 2 * MEGABYTE);
        long eden = 12 * MEGABYTE;
        for (int i = 0; i < 100; i++) {
            eden += HeapSizes.growth(eden, 80, few);
        }
        assertEquals(24 * MEGABYTE, few);
        assertEquals(few, eden);
        assertEquals(0, HeapSizes.growth(200 * MEGABYTE, 0, few));
        assertEquals(300 * MEGABYTE, HeapSizes.mostPart(memory, 300 * MEGABYTE));
        assertEquals(100 * MEGABYTE / 10, HeapSizes.growth(100 * MEGABYTE, 0, 300 * MEGABYTE));
    }

    @Test
    void generationsKeepWhatAServerNeeds() {
        assertEquals(12L << 20, HeapSizes.leastPart(256L << 20));
        assertEquals(12L << 20, HeapSizes.leastPart(64L << 30));
        assertEquals(3L << 20, HeapSizes.leastPart(48L << 20));
    }
}
