package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wait}, {@code notify} and {@code notifyAll}. */
final class WaitNotifyTest {
    private static final int ROUNDS = 2_000;

    private final Object lock = new Object();
    private int turn;
    private int permits;
    private int woken;

    @Test
    void threadsTakeTurns() throws InterruptedException {
        TestThread other = TestThread.start(() -> takeTurns(1));
        takeTurns(0);
        other.finish();
        assertEquals(2 * ROUNDS, turn);
    }

    private void takeTurns(int mine) throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            synchronized (lock) {
                while (turn % 2 != mine) {
                    lock.wait();
                }
                turn++;
                lock.notifyAll();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 30})
    void timedWaitEnds(long milliseconds) throws InterruptedException {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        synchronized (lock) {
            while (System.nanoTime() < end) {
                lock.wait(milliseconds);
            }
            assertTrue(Thread.holdsLock(lock));
        }
    }

    @Test
    void nanosecondsOfAWaitAreNotForgotten() throws InterruptedException {
        synchronized (lock) {
            // Were it rounded to 0, this would be a wait without end.
            lock.wait(0, 1);
            lock.wait(1, 999_999);
        }
    }

    @Test
    void notifyAllWakesAll() throws InterruptedException {
        List<TestThread> waiters = startWaiters(10);
        synchronized (lock) {
            permits = 10;
            lock.notifyAll();
        }
        TestThread.finishAll(waiters);
        assertEquals(10, woken);
    }

    @Test
    void eachNotifyWakesOne() throws InterruptedException {
        List<TestThread> waiters = startWaiters(10);
        for (int i = 1; i <= 10; i++) {
            synchronized (lock) {
                permits++;
                lock.notify();
            }
            int expected = i;
            Deadline.until("waiter " + i, () -> woken() == expected);
        }
        TestThread.finishAll(waiters);
    }

    private int woken() {
        synchronized (lock) {
            return woken;
        }
    }

    private List<TestThread> startWaiters(int count) {
        List<TestThread> waiters =
                TestThread.startAll(
                        count,
                        () -> {
                            synchronized (lock) {
                                while (permits == 0) {
                                    lock.wait();
                                }
                                permits--;
                                woken++;
                            }
                        });
        for (TestThread waiter : waiters) {
            Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        }
        return waiters;
    }

    @Test
    void waitLeavesTheMonitorAltogether() throws InterruptedException {
        TestThread waiter =
                TestThread.start(() -> {
                    synchronized (lock) {
                        synchronized (lock) {
                            synchronized (lock) {
                                while (permits == 0) {
                                    lock.wait();
                                }
                            }
                            assertTrue(Thread.holdsLock(lock));
                        }
                        assertTrue(Thread.holdsLock(lock));
                    }
                    assertThrows(IllegalMonitorStateException.class, lock::notify);
                });
        Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        synchronized (lock) {
            permits = 1;
            lock.notify();
        }
        waiter.finish();
    }

    @Test
    void aNotificationIsNotKept() throws InterruptedException {
        synchronized (lock) {
            lock.notify();
            lock.notifyAll();
            long begin = System.nanoTime();
            lock.wait(5);
            assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void needsTheMonitor() {
        assertThrows(IllegalMonitorStateException.class, lock::notify);
        assertThrows(IllegalMonitorStateException.class, lock::notifyAll);
        assertThrows(IllegalMonitorStateException.class, () -> lock.wait(1));
    }

    @Test
    void negativeTimeIsRefused() {
        synchronized (lock) {
            assertThrows(IllegalArgumentException.class, () -> lock.wait(-1));
            assertThrows(IllegalArgumentException.class, () -> lock.wait(0, -1));
        }
    }

    /** The notified thread gets in only when the notifier has left. */
    @Test
    void theNotifierGoesOnFirst() throws InterruptedException {
        TestThread waiter = startWaiters(1).getFirst();
        synchronized (lock) {
            permits = 1;
            lock.notify();
            for (int i = 0; i < 1_000; i++) {
                Thread.yield();
                assertEquals(0, woken);
            }
        }
        waiter.finish();
        assertEquals(1, woken);
    }
}
