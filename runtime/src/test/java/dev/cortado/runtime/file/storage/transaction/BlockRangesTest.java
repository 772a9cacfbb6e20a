package dev.cortado.runtime.file.storage.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockRangesTest {
    private static List<String> ranges(BlockRanges ranges) {
        List<String> found = new ArrayList<>();
        ranges.forEach((first, count) -> found.add(first + "+" + count));
        return found;
    }

    @Test
    void whatTouchesIsOneRange() {
        BlockRanges ranges = new BlockRanges();
        ranges.add(10, 5);
        ranges.add(20, 5);
        ranges.add(7, 0);
        assertEquals(List.of("10+5", "20+5"), ranges(ranges));
        ranges.add(15, 5);
        assertEquals(List.of("10+15"), ranges(ranges));
        assertFalse(ranges.containsAny(0, 10));
        assertTrue(ranges.containsAny(0, 11));
        assertTrue(ranges.containsAny(24, 9));
        assertFalse(ranges.containsAny(25, 9));
        ranges.add(Long.MAX_VALUE - 1, 1);
        assertEquals(List.of("10+15", "9223372036854775806+1"), ranges(ranges));
    }

    @Test
    void isTheSetThatABitSetIs() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            BlockRanges ranges = new BlockRanges();
            BitSet expected = new BitSet();
            for (int i = 0; i < 30; i++) {
                int first = random.nextInt(200);
                int count = random.nextInt(12);
                ranges.add(first, count);
                expected.set(first, first + count);
            }
            BitSet visited = new BitSet();
            long[] end = {-1};
            ranges.forEach((first, count) -> {
                assertTrue(first > end[0], "Touches the one before");
                visited.set((int) first, (int) (first + count));
                end[0] = first + count;
            });
            assertEquals(expected, visited);
            for (int block = 0; block < 220; block++) {
                assertEquals(expected.get(block), ranges.contains(block));
            }
        }
    }
}
