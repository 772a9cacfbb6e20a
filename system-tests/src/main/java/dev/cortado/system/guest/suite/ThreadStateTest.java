package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The states that a thread shows to others. */
final class ThreadStateTest {
    @Test
    void blockedAtAMonitor() throws InterruptedException {
        Object lock = new Object();
        TestThread blocked;
        synchronized (lock) {
            blocked =
                    TestThread.start(() -> {
                        synchronized (lock) {
                            assertEquals(Thread.State.RUNNABLE, Thread.currentThread().getState());
                        }
                    });
            Deadline.untilState(blocked.thread(), Thread.State.BLOCKED);
        }
        blocked.finish();
    }

    @Test
    void waitingForANotification() throws InterruptedException {
        Object lock = new Object();
        boolean[] notified = {false};
        TestThread waiter =
                TestThread.start(() -> {
                    synchronized (lock) {
                        while (!notified[0]) {
                            lock.wait();
                        }
                    }
                });
        Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        synchronized (lock) {
            notified[0] = true;
            lock.notify();
        }
        waiter.finish();
        assertEquals(Thread.State.TERMINATED, waiter.thread().getState());
    }

    @Test
    void parked() throws InterruptedException {
        assertParked(LockSupport::park, Thread.State.WAITING);
    }

    @Test
    void parkedForATime() throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(100);
        assertParked(() -> LockSupport.parkNanos(nanos), Thread.State.TIMED_WAITING);
    }

    private static void assertParked(Runnable park, Thread.State state)
            throws InterruptedException {
        AtomicBoolean go = new AtomicBoolean();
        TestThread waiter =
                TestThread.start(() -> {
                    while (!go.get()) {
                        park.run();
                    }
                });
        Deadline.untilState(waiter.thread(), state);
        go.set(true);
        LockSupport.unpark(waiter.thread());
        waiter.finish();
    }

    @Test
    void runnableWhileComputing() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        TestThread spinner =
                TestThread.start(() -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                });
        for (int i = 0; i < 100; i++) {
            assertEquals(Thread.State.RUNNABLE, spinner.thread().getState());
            Thread.yield();
        }
        stop.set(true);
        spinner.finish();
        assertEquals(Thread.State.TERMINATED, spinner.thread().getState());
    }
}
