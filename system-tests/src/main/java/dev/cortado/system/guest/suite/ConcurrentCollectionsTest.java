package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Collections that several threads change at once. */
final class ConcurrentCollectionsTest {
    private static final int THREADS = 6;
    private static final int ROUNDS = 2_000;

    @Test
    void aMapCountsWhatAllThreadsMerge() throws InterruptedException {
        ConcurrentHashMap<Integer, Integer> map = new ConcurrentHashMap<>();
        List<TestThread> threads =
                TestThread.startAll(
                        THREADS,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                map.merge(i % 97, 1, Integer::sum);
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(97, map.size());
        assertEquals(THREADS * ROUNDS, map.values().stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aMapGrowsWhileItIsWritten() throws InterruptedException {
        ConcurrentHashMap<Long, Long> map = new ConcurrentHashMap<>(1);
        AtomicInteger next = new AtomicInteger();
        List<TestThread> threads =
                TestThread.startAll(
                        THREADS,
                        () -> {
                            long base = (long) next.getAndIncrement() * ROUNDS;
                            for (long i = base; i < base + ROUNDS; i++) {
                                assertEquals(null, map.put(i, -i));
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(THREADS * ROUNDS, map.size());
        for (long i = 0; i < THREADS * ROUNDS; i++) {
            assertEquals(-i, map.get(i));
        }
    }

    @Test
    void computeIfAbsentComputesOnce() throws InterruptedException {
        ConcurrentHashMap<Integer, Object> map = new ConcurrentHashMap<>();
        AtomicInteger computed = new AtomicInteger();
        List<TestThread> threads =
                TestThread.startAll(
                        THREADS,
                        () -> {
                            for (int i = 0; i < 200; i++) {
                                map.computeIfAbsent(
                                        i,
                                        key -> {
                                            computed.incrementAndGet();
                                            return new Object();
                                        });
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(200, computed.get());
    }

    @Test
    void queuesLoseNothing() throws InterruptedException {
        for (Queue<Integer> queue :
                List.of(
                        new ConcurrentLinkedQueue<Integer>(),
                        new ConcurrentLinkedDeque<Integer>())) {
            AtomicInteger taken = new AtomicInteger();
            LongAdder sum = new LongAdder();
            List<TestThread> threads = new ArrayList<>();
            threads.addAll(
                    TestThread.startAll(
                            3,
                            () -> {
                                for (int i = 1; i <= ROUNDS; i++) {
                                    queue.add(i);
                                }
                            }));
            threads.addAll(
                    TestThread.startAll(
                            3,
                            () -> {
                                while (taken.get() < 3 * ROUNDS) {
                                    Integer value = queue.poll();
                                    if (value != null) {
                                        sum.add(value);
                                        taken.incrementAndGet();
                                    }
                                }
                            }));
            TestThread.finishAll(threads);
            assertEquals(3L * ROUNDS * (ROUNDS + 1) / 2, sum.sum());
        }
    }

    @Test
    void aSkipListStaysSorted() throws InterruptedException {
        ConcurrentSkipListMap<Integer, Integer> map = new ConcurrentSkipListMap<>();
        AtomicInteger next = new AtomicInteger();
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            int mine = next.getAndIncrement();
                            for (int i = 0; i < 500; i++) {
                                map.put((i * 7919 + mine) % 2_003, mine);
                                map.remove((i * 31) % 2_003);
                            }
                        });
        TestThread.finishAll(threads);
        int last = -1;
        for (int key : map.keySet()) {
            assertTrue(key > last);
            last = key;
        }
    }

    @Test
    void anIteratorOfACopyOnWriteListStaysAsItWas() {
        CopyOnWriteArrayList<Integer> list = new CopyOnWriteArrayList<>(List.of(1, 2, 3));
        int seen = 0;
        for (int value : list) {
            list.add(value * 10);
            seen++;
        }
        assertEquals(3, seen);
        assertEquals(List.of(1, 2, 3, 10, 20, 30), list);
    }

    @Test
    void aSetTakesEachElementOnce() throws InterruptedException {
        Set<Integer> set = ConcurrentHashMap.newKeySet();
        AtomicInteger added = new AtomicInteger();
        List<TestThread> threads =
                TestThread.startAll(
                        THREADS,
                        () -> {
                            for (int i = 0; i < 300; i++) {
                                if (set.add(i)) {
                                    added.incrementAndGet();
                                }
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(300, added.get());
    }
}
