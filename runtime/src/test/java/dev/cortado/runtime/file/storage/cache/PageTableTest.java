package dev.cortado.runtime.file.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside a map that is known to be right. */
final class PageTableTest {
    private static final int STEPS = 200_000;

    private final PageTable table = new PageTable();
    private final TreeMap<Long, Page> expected = new TreeMap<>();

    private void put(long number) {
        Page page = new Page(null, number, 1, 0);
        table.put(page);
        expected.put(number, page);
    }

    /** Of those in a range one in so many goes, each of which is asked about once. */
    private void removeIf(long first, long end, int oneIn) {
        Map<Long, Page> among = expected.subMap(first, end);
        List<Long> asked = new ArrayList<>();
        int stay =
                table.removeIf(
                        first,
                        end,
                        page -> {
                            asked.add(page.number());
                            return page.number() % oneIn == 0;
                        });
        assertEquals(among.keySet(), new HashSet<>(asked));
        assertEquals(among.size(), asked.size());
        among.keySet().removeIf(number -> number % oneIn == 0);
        assertEquals(among.size(), stay);
    }

    private void check(LongStream numbers) {
        numbers.forEach(number -> assertSame(expected.get(number), table.get(number)));
        assertEquals(expected.isEmpty(), table.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isAsAnyMap(long seed) {
        Random random = new Random(seed);
        int numbers = 1 << random.nextInt(3, 12);
        long stride = 1L << random.nextInt(0, 40);
        for (int i = 0; i < STEPS; i++) {
            long number = random.nextInt(numbers) * stride;
            if (random.nextInt(STEPS / 50) == 0) {
                long end = number + random.nextInt(numbers) * stride;
                int oneIn = random.nextInt(1, 4);
                Set<Long> among = expected.subMap(number, end).keySet();
                assertEquals(
                        among.stream().anyMatch(each -> each % oneIn == 0),
                        table.anyMatch(number, end, page -> page.number() % oneIn == 0));
                removeIf(number, end, oneIn);
                check(LongStream.range(0, numbers).map(each -> each * stride));
            } else if (expected.containsKey(number)) {
                table.remove(number);
                expected.remove(number);
            } else {
                put(number);
            }
            check(LongStream.of(number, random.nextInt(numbers) * stride));
        }
    }

    @Test
    void allFromANumberOnGo() {
        LongStream.range(0, 10_000).forEach(this::put);
        removeIf(17, Long.MAX_VALUE, 1);
        check(LongStream.range(0, 10_000));
        removeIf(0, Long.MAX_VALUE, 1);
        assertTrue(table.isEmpty());
        assertNull(table.get(3));
        removeIf(0, Long.MAX_VALUE, 1);
        put(3);
        check(LongStream.range(0, 10));
    }
}
