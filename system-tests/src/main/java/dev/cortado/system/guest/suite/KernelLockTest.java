package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** All CPUs want the kernel's lock all the time, and some are stopped while they have it. */
final class KernelLockTest {
    private static final int ROUNDS = 300;

    private static int threads() {
        return 2 * Runtime.getRuntime().availableProcessors();
    }

    @Test
    void everybodyHasItAgainAndAgain() throws InterruptedException {
        int count = threads();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLongArray taken = new AtomicLongArray(count);
        List<TestThread> yielding = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int mine = i;
            yielding.add(
                    TestThread.start(() -> {
                        while (!stop.get()) {
                            Thread.yield();
                            taken.incrementAndGet(mine);
                        }
                    }));
        }
        for (int i = 0; i < count; i++) {
            int each = i;
            Deadline.until("turns of thread " + i, () -> taken.get(each) >= ROUNDS);
        }
        stop.set(true);
        TestThread.finishAll(yielding);
    }

    /** Wake-ups, time-outs and broadcasts at once: no thread is lost. */
    @Test
    void wakeUpsAreNotLostOnTheWay() throws Exception {
        int count = threads();
        CyclicBarrier barrier = new CyclicBarrier(count);
        AtomicLongArray passed = new AtomicLongArray(count);
        List<TestThread> meeting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int mine = i;
            meeting.add(
                    TestThread.start(() -> {
                        for (int round = 0; round < ROUNDS / 3; round++) {
                            barrier.await();
                            LockSupport.parkNanos(1 + mine * 1_000L);
                            passed.incrementAndGet(mine);
                        }
                    }));
        }
        TestThread.finishAll(meeting);
        for (int i = 0; i < count; i++) {
            assertEquals(ROUNDS / 3, passed.get(i));
        }
    }

    /** More threads than are woken at once wait for one event. */
    @Test
    void manyAreWokenByOneCall() throws InterruptedException {
        int count = 100;
        Object event = new Object();
        AtomicBoolean happened = new AtomicBoolean();
        List<TestThread> waiting =
                TestThread.startAll(
                        count,
                        () -> {
                            synchronized (event) {
                                while (!happened.get()) {
                                    event.wait();
                                }
                            }
                        });
        for (TestThread thread : waiting) {
            Deadline.untilState(thread.thread(), Thread.State.WAITING);
        }
        synchronized (event) {
            happened.set(true);
            event.notifyAll();
        }
        TestThread.finishAll(waiting);
    }

    /** More deadlines than one interrupt of the timer sees to come at the same time. */
    @Test
    void manyDeadlinesComeAtOnce() throws InterruptedException {
        long due = System.nanoTime() + 50_000_000;
        List<TestThread> sleeping =
                TestThread.startAll(
                        100,
                        () -> {
                            while (System.nanoTime() < due) {
                                LockSupport.parkNanos(due - System.nanoTime());
                            }
                        });
        TestThread.finishAll(sleeping);
    }
}
