package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@link ThreadMXBean}: how many threads there are, and for how long they have run. */
final class ThreadTimesTest {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** A thread counts itself when it begins to run. */
    @Test
    void countsThreads() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        long before = threads.getTotalStartedThreadCount();
        TestThread other = TestThread.start(() -> Deadline.await(end));
        Deadline.until("counted", () -> threads.getTotalStartedThreadCount() > before);
        assertTrue(threads.getThreadCount() >= 2);
        assertTrue(threads.getDaemonThreadCount() >= 1);
        assertTrue(threads.getPeakThreadCount() >= 2);
        end.countDown();
        other.finish();
    }

    @Test
    void aThreadThatComputesUsesTime() {
        assertTrue(threads.isCurrentThreadCpuTimeSupported());
        long begin = threads.getCurrentThreadCpuTime();
        Deadline.until("CPU time", () -> threads.getCurrentThreadCpuTime() - begin > 5_000_000);
    }

    @Test
    void cpuTimeIsNotMoreThanTime() {
        long wall = System.nanoTime();
        long begin = threads.getCurrentThreadCpuTime();
        Deadline.until("a while", () -> System.nanoTime() - wall > 20_000_000);
        long used = threads.getCurrentThreadCpuTime() - begin;
        long passed = System.nanoTime() - wall;
        assertTrue(used <= passed, () -> used + " ns of " + passed);
    }

    @Test
    void aThreadThatWaitsUsesNone() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread waiter = TestThread.start(() -> Deadline.await(end));
        Deadline.untilState(waiter.thread(), Thread.State.TIMED_WAITING);
        long begin = threads.getThreadCpuTime(waiter.thread().threadId());
        Thread.sleep(100);
        long used = threads.getThreadCpuTime(waiter.thread().threadId()) - begin;
        assertTrue(used < 50_000_000, () -> used + " ns");
        end.countDown();
        waiter.finish();
        assertEquals(-1, threads.getThreadCpuTime(waiter.thread().threadId()));
    }

    @Test
    void aThreadThatHasEndedHasNoTime() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            TestThread thread = TestThread.start(() -> {});
            thread.finish();
            assertEquals(-1, threads.getThreadCpuTime(thread.thread().threadId()));
        }
    }
}
