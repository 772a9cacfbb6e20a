package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that compute have equal shares of one CPU, whoever takes it from them meanwhile. */
final class FairTurnsTest {
    /** Shorter than a time slice. */
    private static final long WAKE_UP_NANOS = 3_000_000;

    private static final int WAKE_UPS = 150;

    private volatile boolean stop;

    /** A thread of a higher level is woken more often than a time slice ends. */
    @ParameterizedTest
    @ValueSource(ints = {Thread.NORM_PRIORITY, Thread.NORM_PRIORITY + 1, Thread.MAX_PRIORITY})
    void wakeUpsDoNotTakeTurnsFromTheSame(int priority) throws InterruptedException {
        assertEqualShares(3, () -> wakeUp(priority));
    }

    /** So do two that wake each other all the time. */
    @Test
    void twoThatAlternateTakeTurnsFromAll() throws InterruptedException {
        assertEqualShares(
                2,
                () -> {
                    CountDownLatch done = new CountDownLatch(1);
                    TestThread second =
                            start(
                                    Thread.MAX_PRIORITY,
                                    () -> {
                                        while (done.getCount() > 0) {
                                            LockSupport.parkNanos(WAKE_UP_NANOS);
                                        }
                                    });
                    for (int i = 0; i < WAKE_UPS; i++) {
                        LockSupport.unpark(second.thread());
                        LockSupport.parkNanos(WAKE_UP_NANOS);
                    }
                    done.countDown();
                    second.finish();
                });
    }

    private void wakeUp(int priority) throws InterruptedException {
        start(
                        priority,
                        () -> {
                            for (int i = 0; i < WAKE_UPS; i++) {
                                LockSupport.parkNanos(WAKE_UP_NANOS);
                            }
                        })
                .finish();
    }

    private void assertEqualShares(int count, TestThread.Body disturbance)
            throws InterruptedException {
        Guest.required();
        AtomicLongArray progress = new AtomicLongArray(count);
        CountDownLatch go = new CountDownLatch(1);
        List<TestThread> spinners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int mine = i;
            spinners.add(
                    start(
                            Thread.NORM_PRIORITY,
                            () -> {
                                go.await();
                                while (!stop) {
                                    progress.incrementAndGet(mine);
                                }
                            }));
        }
        go.countDown();
        try {
            disturbance.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            stop = true;
        }
        TestThread.finishAll(spinners);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, progress.get(i));
            most = Math.max(most, progress.get(i));
        }
        assertTrue(least > most / 4, "shares " + progress);
    }

    /** On the CPU that the others run on, too. */
    private static TestThread start(int priority, TestThread.Body body) {
        return TestThread.start(
                Thread.ofPlatform().daemon().priority(priority),
                () -> {
                    KernelThreads.setAffinity(Scheduler.current(), 1);
                    body.run();
                });
    }
}
