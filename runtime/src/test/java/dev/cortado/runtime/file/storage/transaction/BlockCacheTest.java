package dev.cortado.runtime.file.storage.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Which blocks stay in memory, and what those that leave it are told. */
class BlockCacheTest {
    private static final int MAXIMUM_CLEAN = 3;

    private final BlockCache cache = new BlockCache(MAXIMUM_CLEAN);

    private Block add(long number) {
        return cache.add(new Block(number, ByteBuffer.allocate(8)));
    }

    @Test
    void theLeastRecentlyUsedLeavesAndIsTold() {
        Block first = add(1);
        Block second = add(2);
        add(3);
        assertSame(first, cache.get(1));
        add(4);
        assertNull(cache.get(2));
        assertTrue(second.isGone());
        assertFalse(first.isGone());
        assertEquals(1, cache.departures());
    }

    @Test
    void oneThatWasUsedPastTheCacheStays() {
        Block first = add(1);
        Block second = add(2);
        add(3);
        first.setUsed();
        add(4);
        assertSame(first, cache.get(1));
        assertTrue(second.isGone());
        add(5);
        add(6);
        assertSame(first, cache.get(1));
        add(7);
        add(8);
        add(9);
        assertTrue(first.isGone(), "its use is forgotten");
    }

    /** Who looks for it finds the one that was changed, and not what was there before. */
    @Test
    void oneThatIsReadWhileAnotherIsChangedLeaves() {
        Block changed = add(1);
        cache.remove(1);
        Block read = add(1);
        long before = cache.departures();
        cache.makeDirty(changed);
        assertTrue(read.isGone());
        assertFalse(changed.isGone());
        assertSame(changed, cache.get(1));
        assertEquals(before + 1, cache.departures());
        cache.makeClean(changed);
        assertFalse(changed.isGone());
    }

    @Test
    void oneLeavesEvenIfAllWereUsed() {
        for (int number = 1; number <= MAXIMUM_CLEAN; number++) {
            add(number).setUsed();
        }
        add(9).setUsed();
        assertEquals(1, cache.departures());
    }

    @Test
    void oneThatIsRemovedIsGoneUntilItIsPutBack() {
        Block block = add(1);
        cache.remove(1);
        assertTrue(block.isGone());
        cache.makeDirty(block);
        assertFalse(block.isGone());
        cache.remove(1);
        assertTrue(block.isGone());
        cache.makeClean(block);
        assertFalse(block.isGone());
    }
}
