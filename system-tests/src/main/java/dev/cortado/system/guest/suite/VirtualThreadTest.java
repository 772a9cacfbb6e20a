package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Virtual threads. */
final class VirtualThreadTest {
    private static final int MANY = 10_000;

    @Test
    void areVirtualAndDaemons() throws InterruptedException {
        TestThread thread =
                TestThread.start(
                        Thread.ofVirtual().name("v"),
                        () -> {
                            Thread current = Thread.currentThread();
                            assertTrue(current.isVirtual());
                            assertTrue(current.isDaemon());
                            assertEquals("v", current.getName());
                            assertEquals(Thread.NORM_PRIORITY, current.getPriority());
                        });
        thread.finish();
        assertThrows(
                IllegalArgumentException.class,
                () -> Thread.ofVirtual().unstarted(() -> {}).setDaemon(false));
    }

    @Test
    void tenThousandAtOnce() throws InterruptedException {
        CountDownLatch here = new CountDownLatch(MANY);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger sum = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            int number = i;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        here.countDown();
                        awaitQuietly(go);
                        sum.addAndGet(number);
                    }));
        }
        Deadline.await(here);
        assertEquals(0, sum.get());
        go.countDown();
        for (Thread thread : threads) {
            assertTrue(thread.join(Duration.ofSeconds(Deadline.SECONDS)));
        }
        assertEquals(MANY / 2 * (MANY - 1), sum.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void manySleepAtOnce() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1_000);
        AtomicInteger early = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            int milliseconds = i % 20;
            Thread.startVirtualThread(() -> {
                long begin = System.nanoTime();
                LockSupport.parkNanos(milliseconds * 1_000_000L);
                sleepQuietly(milliseconds);
                if (System.nanoTime() - begin < milliseconds * 1_000_000L) {
                    early.incrementAndGet();
                }
                woken.countDown();
            });
        }
        Deadline.await(woken);
        assertEquals(0, early.get());
    }

    private static void sleepQuietly(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void handOver() throws InterruptedException {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        TestThread giver =
                TestThread.start(
                        Thread.ofVirtual(),
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                queue.put(i);
                            }
                        });
        TestThread taker =
                TestThread.start(
                        Thread.ofVirtual(),
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                assertEquals(i, queue.poll(Deadline.SECONDS, TimeUnit.SECONDS));
                            }
                        });
        giver.finish();
        taker.finish();
    }

    @Test
    void betweenVirtualAndPlatformThread() throws InterruptedException {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        TestThread giver =
                TestThread.start(
                        Thread.ofVirtual(),
                        () -> {
                            for (int i = 0; i < 300; i++) {
                                queue.put(i);
                            }
                        });
        for (int i = 0; i < 300; i++) {
            assertEquals(i, queue.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        }
        giver.finish();
    }

    @Test
    void locksAndMonitors() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Object monitor = new Object();
        int[] counters = {0, 0};
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(
                    TestThread.start(
                            Thread.ofVirtual(),
                            () -> {
                                for (int j = 0; j < 50; j++) {
                                    lock.lock();
                                    counters[0]++;
                                    lock.unlock();
                                    synchronized (monitor) {
                                        counters[1]++;
                                    }
                                    Thread.yield();
                                }
                            }));
        }
        TestThread.finishAll(threads);
        assertEquals(2_500, counters[0]);
        assertEquals(2_500, counters[1]);
    }

    /** A thread that waits inside a monitor holds its carrier, or not: the others get on. */
    @Test
    void sleepInsideAMonitor() throws InterruptedException {
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Object monitor = new Object();
            threads.add(
                    TestThread.start(
                            Thread.ofVirtual(),
                            () -> {
                                synchronized (monitor) {
                                    Thread.sleep(2);
                                    assertTrue(Thread.holdsLock(monitor));
                                }
                            }));
        }
        TestThread.finishAll(threads);
    }

    @Test
    void interrupt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        TestThread sleeper =
                TestThread.start(
                        Thread.ofVirtual(),
                        () -> {
                            begun.countDown();
                            assertThrows(
                                    InterruptedException.class,
                                    () -> Thread.sleep(Deadline.MILLISECONDS * 2));
                            assertFalse(Thread.interrupted());
                        });
        Deadline.await(begun);
        sleeper.thread().interrupt();
        sleeper.finish();
    }

    @Test
    void executor() throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                futures.add(
                        executor.submit(() -> {
                            Thread.sleep(1);
                            return number;
                        }));
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(i, Deadline.get(futures.get(i)));
            }
        }
    }

    @Test
    void deepStacksAreKeptAcrossAPark() throws InterruptedException {
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(
                    TestThread.start(Thread.ofVirtual(), () -> assertEquals(200, descend(200))));
        }
        TestThread.finishAll(threads);
    }

    private static int descend(int depth) {
        if (depth == 0) {
            LockSupport.parkNanos(1_000_000);
            return 0;
        }
        long local = depth * 31L;
        int below = descend(depth - 1);
        assertEquals(depth * 31L, local);
        return below + 1;
    }
}
