package dev.cortado.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunQueueTest {
    private static final int THREADS = 100;
    private static final long MILLISECOND = 1_000_000;

    private final TestThreads threads = new TestThreads();
    private final RunQueue queue = new RunQueue(threads);

    private static long thread(int number) {
        return number;
    }

    private long threadFor(int number, long affinity) {
        threads.of(number).affinity = affinity;
        return thread(number);
    }

    private void append(long thread, int level, long now) {
        threads.of(thread).level = level;
        queue.append(thread, now);
    }

    private void prepend(long thread, int level, long now) {
        threads.of(thread).level = level;
        queue.prepend(thread, now);
    }

    private List<Long> takeAll(long now) {
        List<Long> taken = new ArrayList<>();
        for (long t = queue.takeNext(now); t != RunQueue.NONE; t = queue.takeNext(now)) {
            taken.add(t);
        }
        return taken;
    }

    @Test
    void anEmptyQueueHasNothing() {
        assertEquals(0, queue.count());
        assertEquals(-1, queue.highestLevel());
        assertEquals(RunQueue.NONE, queue.peek());
        assertEquals(RunQueue.NONE, queue.takeNext(5));
        assertEquals(RunQueue.NONE, queue.takeAllowed(0));
    }

    @Test
    void higherLevelsFirstAndFirstComeFirstServed() {
        append(thread(1), 5, 0);
        append(thread(2), 15, 0);
        append(thread(3), 5, 0);
        append(thread(4), 0, 0);
        prepend(thread(5), 5, 0);
        assertEquals(15, queue.highestLevel());
        assertEquals(thread(2), queue.peek());
        assertEquals(5, queue.count());
        assertEquals(
                List.of(thread(2), thread(5), thread(1), thread(3), thread(4)),
                takeAll(MILLISECOND));
    }

    @Test
    void knowsWhetherALevelAboveHasThreads() {
        assertFalse(queue.hasAbove(0));
        append(1, 5, 0);
        append(2, RunQueue.LEVELS - 1, 0);
        assertTrue(queue.hasAbove(RunQueue.LEVELS - 2));
        assertFalse(queue.hasAbove(RunQueue.LEVELS - 1));
        queue.remove(2);
        assertTrue(queue.hasAbove(4));
        assertFalse(queue.hasAbove(5));
    }

    @Test
    void removesFromAnywhere() {
        LongStream.rangeClosed(1, 5).forEach(i -> append(thread((int) i), 3, 0));
        queue.remove(thread(1));
        queue.remove(thread(3));
        queue.remove(thread(5));
        assertEquals(2, queue.count());
        assertEquals(List.of(thread(2), thread(4)), takeAll(0));
        assertEquals(-1, queue.highestLevel());
    }

    @Test
    void aStarvingLevelIsServedOnceInAWhile() {
        long now = RunQueue.STARVATION_NANOS;
        append(thread(1), 0, now);
        append(thread(2), 0, now);
        int busy = 3;
        List<Long> lowAt = new ArrayList<>();
        for (int slice = 1; slice <= 60; slice++) {
            append(thread(busy), 9, now);
            long taken = queue.takeNext(now);
            if (taken != thread(busy)) {
                lowAt.add(now);
                queue.remove(thread(busy));
            }
            now += 10 * MILLISECOND;
        }
        assertEquals(2, lowAt.size(), "served at " + lowAt);
        assertEquals(RunQueue.STARVATION_NANOS + 210 * MILLISECOND, lowAt.get(0));
        assertEquals(210 * MILLISECOND, lowAt.get(1) - lowAt.get(0));
    }

    @Test
    void theOneThatHasWaitedLongestGoesFirst() {
        long begin = 10 * RunQueue.STARVATION_NANOS;
        append(thread(1), 3, begin + 1);
        append(thread(2), 1, begin);
        append(thread(3), 2, begin + 2);
        append(thread(4), 9, begin);
        long now = begin + 2 * RunQueue.STARVATION_NANOS;
        assertEquals(List.of(thread(2), thread(1), thread(3), thread(4)), takeAll(now));
    }

    /** More work than time on a low level must not keep the levels above it from being first. */
    @Test
    void anOverloadedLevelDoesNotStarveTheOthers() {
        long now = 0;
        for (int i = 1; i <= 50; i++) {
            append(thread(i), 1, now);
        }
        int high = 60;
        int boosts = 0;
        for (int slice = 0; slice < 1000; slice++) {
            now += 10 * MILLISECOND;
            append(thread(high), 8, now);
            long taken = queue.takeNext(now);
            if (taken != thread(high)) {
                boosts++;
                queue.remove(thread(high));
                append(taken, 1, now);
            }
        }
        assertTrue(boosts > 20 && boosts < 60, boosts + " of 1000 slices");
    }

    @Test
    void aThreadPutInFrontDoesNotHideTheWaitOfThoseBehind() {
        long begin = 10 * RunQueue.STARVATION_NANOS;
        append(thread(1), 1, begin);
        long now = begin + RunQueue.STARVATION_NANOS + 1;
        prepend(thread(2), 1, now);
        append(thread(3), 9, now);
        assertEquals(thread(2), queue.takeNext(now));
    }

    @Test
    void stealsOnlyWhatMayRunThere() {
        append(threadFor(1, 0b0001), 9, 0);
        append(threadFor(2, 0b0010), 9, 0);
        append(threadFor(3, 0b0110), 9, 0);
        append(threadFor(4, 1L << 63 | 0b0100), 5, 0);
        append(threadFor(5, -1), 4, 0);
        assertEquals(thread(3), queue.takeAllowed(2));
        assertEquals(thread(4), queue.takeAllowed(2));
        assertEquals(thread(5), queue.takeAllowed(63));
        assertEquals(RunQueue.NONE, queue.takeAllowed(63));
        assertEquals(RunQueue.NONE, queue.takeAllowed(-1));
        assertEquals(RunQueue.NONE, queue.takeAllowed(64), "64 must not be taken for 0");
        assertEquals(List.of(thread(1), thread(2)), takeAll(0));
    }

    /** Any number of threads may run here only; interrupts are off meanwhile. */
    @Test
    void looksAtAFewOnly() {
        for (int i = 1; i <= 10_000; i++) {
            append(threadFor(i, 1), 6, 0);
        }
        append(threadFor(20_000, 3), 6, 0);
        threads.reads = 0;
        assertEquals(RunQueue.NONE, queue.takeAllowed(1));
        assertTrue(threads.reads < 100, "reads: " + threads.reads);
        assertEquals(thread(1), queue.takeAllowed(0));
    }

    private record Waiting(long thread, long since) {}

    /** The same queue, written down naively. */
    private final class Model {
        final List<Deque<Waiting>> levels = new ArrayList<>();
        final long[] served = new long[RunQueue.LEVELS];

        Model() {
            for (int i = 0; i < RunQueue.LEVELS; i++) {
                levels.add(new ArrayDeque<>());
            }
        }

        int highest() {
            for (int i = RunQueue.LEVELS - 1; i >= 0; i--) {
                if (!levels.get(i).isEmpty()) {
                    return i;
                }
            }
            return -1;
        }

        void prepend(long thread, int level, long now) {
            Deque<Waiting> all = levels.get(level);
            all.addFirst(new Waiting(thread, all.isEmpty() ? now : all.getFirst().since));
        }

        long takeNext(long now) {
            int chosen = highest();
            if (chosen < 0) {
                return RunQueue.NONE;
            }
            long oldest = now - RunQueue.STARVATION_NANOS;
            for (int i = highest() - 1; i >= 0; i--) {
                if (!levels.get(i).isEmpty()
                        && served[i] < now - RunQueue.STARVATION_NANOS
                        && levels.get(i).getFirst().since < oldest) {
                    oldest = levels.get(i).getFirst().since;
                    chosen = i;
                }
            }
            served[chosen] = now;
            return levels.get(chosen).removeFirst().thread;
        }

        long takeAllowed(int cpu) {
            int looks = 0;
            for (int i = RunQueue.LEVELS - 1; i >= 0; i--) {
                for (Iterator<Waiting> w = levels.get(i).iterator(); w.hasNext(); ) {
                    if (looks++ == RunQueue.MOST_LOOKS) {
                        return RunQueue.NONE;
                    }
                    long thread = w.next().thread;
                    if ((threads.of(thread).affinity & (1L << cpu)) != 0) {
                        w.remove();
                        return thread;
                    }
                }
            }
            return RunQueue.NONE;
        }

        void remove(long thread) {
            levels.forEach(l -> l.removeIf(w -> w.thread == thread));
        }

        int count() {
            return levels.stream().mapToInt(Deque::size).sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheModel(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        Set<Long> queued = new HashSet<>();
        long now = 0;
        for (int step = 0; step < 50_000; step++) {
            now += random.nextLong(8 * MILLISECOND);
            long thread = thread(1 + random.nextInt(THREADS));
            int level = random.nextInt(RunQueue.LEVELS);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (queued.add(thread)) {
                        threads.of(thread).affinity = random.nextLong() & random.nextLong();
                        append(thread, level, now);
                        model.levels.get(level).addLast(new Waiting(thread, now));
                    }
                }
                case 2 -> {
                    if (queued.add(thread)) {
                        prepend(thread, level, now);
                        model.prepend(thread, level, now);
                    }
                }
                case 3 -> {
                    if (queued.remove(thread)) {
                        queue.remove(thread);
                        model.remove(thread);
                    }
                }
                case 4 -> {
                    long taken = queue.takeNext(now);
                    assertEquals(model.takeNext(now), taken);
                    queued.remove(taken);
                }
                default -> {
                    int cpu = random.nextInt(64);
                    long taken = queue.takeAllowed(cpu);
                    assertEquals(model.takeAllowed(cpu), taken);
                    queued.remove(taken);
                }
            }
            assertEquals(model.count(), queue.count());
            assertEquals(model.highest(), queue.highestLevel());
        }
    }
}
