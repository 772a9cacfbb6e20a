package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The monotonic clock and the wall clock. */
final class ClockTest {
    @Test
    void neverGoesBackInOneThread() {
        long last = System.nanoTime();
        for (int i = 0; i < 100_000; i++) {
            long now = System.nanoTime();
            assertTrue(now - last >= 0);
            last = now;
        }
    }

    /** A time that one thread has published is never later than one that another reads then. */
    @Test
    void neverGoesBackBetweenThreads() throws InterruptedException {
        AtomicLong published = new AtomicLong(System.nanoTime());
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < 10_000; i++) {
                                long before = published.get();
                                long now = System.nanoTime();
                                assertTrue(now - before >= 0, () -> before - now + " ns back");
                                published.accumulateAndGet(now, ClockTest::later);
                            }
                        });
        TestThread.finishAll(threads);
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    @Test
    void goesOn() {
        long begin = System.nanoTime();
        Deadline.until("a later time", () -> System.nanoTime() - begin > 1_000_000);
    }

    /** Nor is what a class was given in the builder, whose machine may have been up for long. */
    @Test
    void noClassWasInitializedInTheFuture() {
        long start = BuilderTime.START;
        long passed = System.nanoTime() - start;
        assertTrue(passed >= 0 && passed < Duration.ofHours(2).toNanos(), passed + " ns");
    }

    @Test
    void theWallClockIsSane() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertTrue(today.isAfter(LocalDate.of(2025, 1, 1)), today::toString);
        assertTrue(today.isBefore(LocalDate.of(2100, 1, 1)), today::toString);
        long difference = Instant.now().toEpochMilli() - System.currentTimeMillis();
        assertTrue(Math.abs(difference) < 10_000, () -> difference + " ms apart");
    }

    /** Both clocks tell the same length of a time. */
    @Test
    void bothClocksRunAtTheSameSpeed() throws InterruptedException {
        Instant wall = Instant.now();
        long monotonic = System.nanoTime();
        Thread.sleep(300);
        long passed = System.nanoTime() - monotonic;
        Duration wallPassed = Duration.between(wall, Instant.now());
        long difference = Math.abs(wallPassed.toNanos() - passed);
        assertTrue(difference < passed, () -> wallPassed + " and " + passed + " ns");
    }

    @Test
    void theWallClockGoesOn() {
        long begin = System.currentTimeMillis();
        Deadline.until("a later time", () -> System.currentTimeMillis() > begin + 1);
        Instant first = Instant.now();
        Deadline.until("a later instant", () -> Instant.now().isAfter(first));
    }
}
