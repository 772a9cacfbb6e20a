package dev.cortado.image.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MemoryShareTest {
    private static final long GIBI = 1L << 30;

    @TempDir Path directory;

    @Test
    void whatFitsDoesNotWait() throws Exception {
        Path file = directory.resolve("made/memory");
        AtomicInteger waits = new AtomicInteger();
        try (MemoryShare first =
                        MemoryShare.take(file, 2 * GIBI, 4 * GIBI, waits::incrementAndGet);
                MemoryShare second =
                        MemoryShare.take(file, 2 * GIBI, 4 * GIBI, waits::incrementAndGet)) {
            assertEquals(0, waits.get());
        }
    }

    @Test
    void whatDoesNotFitWaitsUntilItDoes() throws Exception {
        Path file = directory.resolve("memory");
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> second;
        try (MemoryShare first =
                MemoryShare.take(file, 3 * GIBI, 4 * GIBI, MemoryShareTest::unexpected)) {
            second = CompletableFuture.runAsync(() -> takeAndReturn(file, 2 * GIBI, waiting));
            waiting.await();
            assertFalse(second.isDone());
        }
        second.get(30, TimeUnit.SECONDS);
    }

    @Test
    void moreThanThereIsMeansAll() throws Exception {
        Path file = directory.resolve("memory");
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> second;
        try (MemoryShare first =
                MemoryShare.take(file, 99 * GIBI, 4 * GIBI, MemoryShareTest::unexpected)) {
            second = CompletableFuture.runAsync(() -> takeAndReturn(file, 1, waiting));
            waiting.await();
        }
        second.get(30, TimeUnit.SECONDS);
    }

    @Test
    void neverMoreThanThereIs() throws Exception {
        Path file = directory.resolve("memory");
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 18; i++) {
                int size = 1 + i % 3;
                threads.submit(() -> {
                    try (MemoryShare share =
                            MemoryShare.take(file, size * GIBI, 4 * GIBI, () -> {})) {
                        most.accumulateAndGet(taken.addAndGet(size), Math::max);
                        Thread.yield();
                        taken.addAndGet(-size);
                    }
                    return null;
                });
            }
        }
        assertEquals(0, taken.get());
        assertEquals(4, Math.max(4, most.get()));
    }

    @Test
    void whoIsInterruptedStopsWaitingAndHoldsNothing() throws Exception {
        Path file = directory.resolve("memory");
        try (MemoryShare first = MemoryShare.take(file, 4 * GIBI, 4 * GIBI, () -> {})) {
            Thread self = Thread.currentThread();
            assertThrows(
                    InterruptedException.class,
                    () -> MemoryShare.take(file, GIBI, 4 * GIBI, self::interrupt));
        }
        MemoryShare.take(file, 4 * GIBI, 4 * GIBI, MemoryShareTest::unexpected).close();
    }

    private static void takeAndReturn(Path file, long wanted, CountDownLatch waiting) {
        try (MemoryShare share = MemoryShare.take(file, wanted, 4 * GIBI, waiting::countDown)) {
            waiting.countDown();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void unexpected() {
        throw new AssertionError("nobody else has any");
    }
}
