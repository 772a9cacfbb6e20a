package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Threads begin, run once and end. */
final class ThreadStartTest {
    @Test
    void runsInItself() throws InterruptedException {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Thread thread = new Thread(() -> ran.set(Thread.currentThread()));
        assertEquals(Thread.State.NEW, thread.getState());
        assertFalse(thread.isAlive());
        thread.start();
        thread.join(Deadline.MILLISECONDS);
        assertSame(thread, ran.get());
        assertEquals(Thread.State.TERMINATED, thread.getState());
        assertFalse(thread.isAlive());
    }

    @Test
    void isAliveWhileItRuns() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread started = TestThread.start(() -> Deadline.await(end));
        assertTrue(started.thread().isAlive());
        end.countDown();
        started.finish();
        assertFalse(started.thread().isAlive());
    }

    @Test
    void startsOnlyOnce() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Thread thread = new Thread(runs::incrementAndGet);
        thread.start();
        assertThrows(IllegalThreadStateException.class, thread::start);
        thread.join(Deadline.MILLISECONDS);
        assertThrows(IllegalThreadStateException.class, thread::start);
        assertEquals(1, runs.get());
    }

    @Test
    void runCalledDirectlyStaysInTheCaller() {
        AtomicReference<Thread> ran = new AtomicReference<>();
        Thread thread = new Thread(() -> ran.set(Thread.currentThread()));
        thread.run();
        assertSame(Thread.currentThread(), ran.get());
        assertNotSame(thread, ran.get());
        assertEquals(Thread.State.NEW, thread.getState());
    }

    @Test
    void subclassRuns() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        Thread thread =
                new Thread("a subclass") {
                    @Override
                    public void run() {
                        runs.incrementAndGet();
                    }
                };
        thread.start();
        thread.join(Deadline.MILLISECONDS);
        assertEquals(1, runs.get());
    }

    @Test
    void hasTheNameItWasGiven() {
        Thread thread = new Thread(() -> {}, "caf\u00e9");
        assertEquals("caf\u00e9", thread.getName());
        thread.setName("espresso");
        assertEquals("espresso", thread.getName());
        assertThrows(NullPointerException.class, () -> thread.setName(null));
        assertEquals(
                "worker-7", Thread.ofPlatform().name("worker-", 7).unstarted(() -> {}).getName());
    }

    @Test
    void namesAndNumbersDiffer() {
        Set<String> names = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Thread thread = new Thread(() -> {});
            names.add(thread.getName());
            numbers.add(thread.threadId());
        }
        assertEquals(100, names.size());
        assertEquals(100, numbers.size());
        assertNotEquals(0, Thread.currentThread().threadId());
    }

    @Test
    void seesWhatWasWrittenBeforeItsStart() throws InterruptedException {
        int[] plain = {0};
        for (int round = 1; round <= 100; round++) {
            int expected = round;
            plain[0] = round;
            TestThread.start(() -> assertEquals(expected, plain[0]++)).finish();
            assertEquals(expected + 1, plain[0]);
        }
    }

    /** More in a row than there is memory for stacks at once: they must come back. */
    @Test
    void manyInARow() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(ran::incrementAndGet);
            thread.start();
            thread.join(Deadline.MILLISECONDS);
        }
        assertEquals(1_000, ran.get());
    }

    @Test
    void manyAtOnce() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(100);
        List<TestThread> threads =
                TestThread.startAll(
                        100,
                        () -> {
                            all.countDown();
                            Deadline.await(all);
                        });
        TestThread.finishAll(threads);
    }

    @Test
    void threadsStartThreads() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        startTree(6, ran).finish();
        assertEquals(127, ran.get());
    }

    private static TestThread startTree(int depth, AtomicInteger ran) {
        return TestThread.start(() -> {
            ran.incrementAndGet();
            if (depth > 0) {
                TestThread left = startTree(depth - 1, ran);
                TestThread right = startTree(depth - 1, ran);
                left.finish();
                right.finish();
            }
        });
    }

    @Test
    void aStackOfTheSizeAskedForTakesDeepRecursion() throws InterruptedException {
        AtomicInteger depth = new AtomicInteger();
        Thread thread = new Thread(null, () -> depth.set(descend(20_000)), "deep", 16 << 20);
        thread.start();
        thread.join(Deadline.MILLISECONDS);
        assertEquals(20_000, depth.get());
    }

    private static int descend(int depth) {
        return depth == 0 ? 0 : descend(depth - 1) + 1;
    }
}
