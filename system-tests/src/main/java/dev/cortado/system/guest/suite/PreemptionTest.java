package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Test;

/** Threads that never wait leave time for the others, and let themselves be stopped for the GC. */
final class PreemptionTest {
    private final AtomicBoolean stop = new AtomicBoolean();

    private List<TestThread> startSpinners() {
        int count = Runtime.getRuntime().availableProcessors() + 1;
        return TestThread.startAll(
                count,
                () -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Test
    void othersGetTime() throws InterruptedException {
        List<TestThread> spinners = startSpinners();
        CountDownLatch ran = new CountDownLatch(5);
        List<TestThread> others = TestThread.startAll(5, ran::countDown);
        Deadline.await(ran);
        TestThread.finishAll(others);
        stop.set(true);
        TestThread.finishAll(spinners);
    }

    @Test
    void collectionsStopThem() throws InterruptedException {
        List<TestThread> spinners = startSpinners();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        stop.set(true);
        TestThread.finishAll(spinners);
    }

    @Test
    void allOfThemGetOn() throws InterruptedException {
        int count = 2 * Runtime.getRuntime().availableProcessors() + 1;
        AtomicLongArray progress = new AtomicLongArray(count);
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int mine = i;
            threads.add(
                    TestThread.start(() -> {
                        while (!stop.get()) {
                            progress.incrementAndGet(mine);
                        }
                    }));
        }
        for (int i = 0; i < count; i++) {
            int each = i;
            Deadline.until("progress of " + i, () -> progress.get(each) > 10);
        }
        stop.set(true);
        TestThread.finishAll(threads);
    }

    /** What is in registers when the thread loses the CPU is there when it gets it back. */
    @Test
    void registersAreKept() throws InterruptedException {
        long expected = mix(200_000, 1);
        List<TestThread> threads =
                TestThread.startAll(
                        6,
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                assertEquals(expected, mix(200_000, 1));
                            }
                        });
        TestThread.finishAll(threads);
        assertTrue(expected != 0);
    }

    private static long mix(int rounds, long seed) {
        long a = seed;
        long b = ~seed;
        long c = seed * 31;
        long d = seed << 7;
        long e = seed + 5;
        long f = seed ^ 0x5555;
        for (int i = 0; i < rounds; i++) {
            a += b ^ i;
            b = Long.rotateLeft(b, 5) + c;
            c ^= d + a;
            d = d * 6364136223846793005L + e;
            e -= Long.rotateRight(f, 11);
            f += a & c;
        }
        return a ^ b ^ c ^ d ^ e ^ f;
    }
}
