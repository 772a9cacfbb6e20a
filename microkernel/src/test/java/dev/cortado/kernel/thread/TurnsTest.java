package dev.cortado.kernel.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.thread.SimulatedProcessor.Simulated;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody waits for long, whoever else is woken meanwhile. */
final class TurnsTest {
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int NORMAL = Scheduler.NORMAL_LEVEL;

    private final SimulatedProcessor processor = new SimulatedProcessor();

    private static void assertEqualShares(List<Simulated> threads) {
        long least = threads.stream().mapToLong(t -> t.ran).min().orElseThrow();
        long most = threads.stream().mapToLong(t -> t.ran).max().orElseThrow();
        assertTrue(least >= most * 9 / 10, least + " and " + most + " ns");
    }

    private static void assertNobodyWaitsLonger(List<Simulated> threads, long nanos) {
        for (Simulated thread : threads) {
            assertTrue(
                    thread.longestWait <= nanos,
                    () -> thread.id + " waited " + thread.longestWait + " ns of " + nanos);
        }
    }

    @Test
    void equalOnesTakeTurns() {
        List<Simulated> spinners = processor.addSpinners(4, NORMAL);
        processor.run(10 * SECOND);
        assertEqualShares(spinners);
        assertNobodyWaitsLonger(spinners, 3 * Turns.SLICE_NANOS);
    }

    /** Woken before a slice can end, every time. */
    @ParameterizedTest
    @ValueSource(longs = {50_000, MILLISECOND, 3 * MILLISECOND, 9 * MILLISECOND})
    void wakeUpsOfAHigherLevelDoNotBeginSlicesAnew(long every) {
        List<Simulated> spinners = processor.addSpinners(2, NORMAL);
        processor.add(15, () -> every / 10, () -> every * 9 / 10);
        processor.run(10 * SECOND);
        assertEqualShares(spinners);
        assertNobodyWaitsLonger(spinners, 2 * Turns.SLICE_NANOS);
    }

    /** Also if those woken are of the same priority, and first because they have waited. */
    @Test
    void norDoWakeUpsWithCredit() {
        List<Simulated> spinners = processor.addSpinners(2, NORMAL);
        processor.add(NORMAL, () -> MILLISECOND / 2, () -> 3 * MILLISECOND);
        processor.run(10 * SECOND);
        assertEqualShares(spinners);
        assertNobodyWaitsLonger(spinners, 2 * Turns.SLICE_NANOS);
    }

    /** Random wake-ups of any level take half of the time at most. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nobodyWaitsLongerThanForTheOthersOfItsLevelTwice(long seed) {
        Random random = new Random(seed);
        List<Simulated> spinners = processor.addSpinners(2 + random.nextInt(8), NORMAL);
        int others = 1 + random.nextInt(6);
        long longest = 1 + random.nextLong(10 * MILLISECOND);
        for (int i = 0; i < others; i++) {
            processor.add(
                    NORMAL + random.nextInt(RunQueue.LEVELS - NORMAL),
                    () -> 1 + random.nextLong(longest),
                    () -> 2L * others * longest + random.nextLong(longest));
        }
        processor.run(60 * SECOND);
        assertEqualShares(spinners);
        assertNobodyWaitsLonger(spinners, 2L * (spinners.size() + others) * Turns.SLICE_NANOS);
    }

    /** More work than time, at all levels. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nobodyStarves(long seed) {
        Random random = new Random(seed);
        List<Simulated> all = new ArrayList<>();
        int[] perLevel = new int[RunQueue.LEVELS + 1];
        int most = 0;
        for (int i = 0; i < 20; i++) {
            int level = random.nextInt(RunQueue.LEVELS);
            perLevel[level]++;
            perLevel[level + 1]++; // with credit
            if (random.nextBoolean()) {
                all.add(processor.addSpinner(level));
            } else {
                all.add(
                        processor.add(
                                level,
                                () -> 1 + random.nextLong(20 * MILLISECOND),
                                () -> random.nextLong(20 * MILLISECOND)));
            }
            most = Math.max(most, Math.max(perLevel[level], perLevel[level + 1]));
        }
        processor.run(200 * SECOND);
        // Each time that its level is served, one of those before it goes.
        long round = RunQueue.STARVATION_NANOS + RunQueue.LEVELS * 2 * Turns.SLICE_NANOS;
        assertNobodyWaitsLonger(all, (most + 1) * round);
    }

    /** The turn that a level has after a long wait is not ended by the next wake-up. */
    @Test
    void theTurnOfAStarvingLevelIsAWholeOne() {
        Simulated low = processor.addSpinner(1);
        processor.addSpinner(NORMAL);
        processor.add(15, () -> 100_000, () -> 900_000);
        processor.run(21 * SECOND);
        assertTrue(low.ran >= 900 * MILLISECOND, "in 21 seconds: " + low.ran + " ns");
        assertTrue(low.ran <= 1_100 * MILLISECOND, "in 21 seconds: " + low.ran + " ns");
    }

    /** A thread that waits a little before each slice ends has no more than one that does not. */
    @Test
    void waitingJustBeforeTheEndGainsNothing() {
        Simulated honest = processor.addSpinner(NORMAL);
        Simulated sly =
                processor.add(NORMAL, () -> Turns.SLICE_NANOS - MILLISECOND / 10, () -> 1_000);
        processor.run(20 * SECOND);
        assertTrue(sly.ran <= honest.ran * 11 / 10, sly.ran + " and " + honest.ran + " ns");
    }

    @Test
    void aThreadAloneIsNotInterrupted() {
        processor.addSpinner(NORMAL);
        Simulated other = processor.add(0, () -> 1, () -> 500 * SECOND);
        processor.run(SECOND);
        long before = other.turns;
        processor.run(100 * SECOND);
        assertEquals(1, before);
        assertEquals(before, other.turns);
    }
}
