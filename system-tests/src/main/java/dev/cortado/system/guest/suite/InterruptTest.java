package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** An interrupt ends each kind of wait, and is neither lost nor told twice. */
final class InterruptTest {
    @Test
    void endsSleep() throws InterruptedException {
        endsWaiting(() -> Thread.sleep(Deadline.MILLISECONDS), Thread.State.TIMED_WAITING);
    }

    @Test
    void endsWait() throws InterruptedException {
        Object lock = new Object();
        endsWaiting(
                () -> {
                    synchronized (lock) {
                        lock.wait();
                    }
                },
                Thread.State.WAITING);
    }

    @Test
    void endsTimedWait() throws InterruptedException {
        Object lock = new Object();
        endsWaiting(
                () -> {
                    synchronized (lock) {
                        lock.wait(Deadline.MILLISECONDS);
                    }
                },
                Thread.State.TIMED_WAITING);
    }

    @Test
    void endsJoin() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread other = TestThread.start(() -> Deadline.await(end));
        endsWaiting(() -> other.thread().join(), Thread.State.WAITING);
        end.countDown();
        other.finish();
    }

    @Test
    void endsAwaitOfALatch() throws InterruptedException {
        endsWaiting(() -> new CountDownLatch(1).await(), Thread.State.WAITING);
    }

    @Test
    void endsAcquireOfASemaphore() throws InterruptedException {
        endsWaiting(() -> new Semaphore(0).acquire(), Thread.State.WAITING);
    }

    @Test
    void endsTakeFromAQueue() throws InterruptedException {
        endsWaiting(() -> new ArrayBlockingQueue<Integer>(1).take(), Thread.State.WAITING);
    }

    @Test
    void endsPutToASynchronousQueue() throws InterruptedException {
        endsWaiting(() -> new SynchronousQueue<Integer>().put(1), Thread.State.WAITING);
    }

    @Test
    void endsExchange() throws InterruptedException {
        endsWaiting(() -> new Exchanger<Integer>().exchange(1), Thread.State.WAITING);
    }

    @Test
    void endsAwaitOfABarrier() throws InterruptedException {
        endsWaiting(() -> new CyclicBarrier(2).await(), Thread.State.WAITING);
    }

    @Test
    void endsAwaitOfACondition() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        endsWaiting(
                () -> {
                    lock.lock();
                    try {
                        condition.await();
                    } finally {
                        lock.unlock();
                    }
                },
                Thread.State.WAITING);
        assertFalse(lock.isLocked());
    }

    @Test
    void endsLockInterruptibly() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        endsWaiting(lock::lockInterruptibly, Thread.State.WAITING);
        lock.unlock();
    }

    private static void endsWaiting(TestThread.Body wait, Thread.State state)
            throws InterruptedException {
        TestThread waiter =
                TestThread.start(() -> {
                    assertThrows(InterruptedException.class, wait::run);
                    assertFalse(Thread.interrupted(), "told twice");
                });
        Deadline.untilState(waiter.thread(), state);
        waiter.thread().interrupt();
        waiter.finish();
    }

    @Test
    void endsParkAndStaysSet() throws InterruptedException {
        TestThread parked =
                TestThread.start(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        LockSupport.park();
                    }
                    // With the interrupt set there is no parking.
                    LockSupport.park();
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(Deadline.SECONDS * 2));
                    assertTrue(Thread.interrupted());
                    assertFalse(Thread.interrupted());
                });
        Deadline.untilState(parked.thread(), Thread.State.WAITING);
        parked.thread().interrupt();
        parked.finish();
    }

    @Test
    void doesNotEndALock() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        TestThread waiter =
                TestThread.start(() -> {
                    lock.lock();
                    lock.unlock();
                    assertTrue(Thread.interrupted());
                });
        Deadline.until("queued", () -> lock.hasQueuedThread(waiter.thread()));
        waiter.thread().interrupt();
        Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        assertTrue(lock.hasQueuedThread(waiter.thread()));
        lock.unlock();
        waiter.finish();
    }

    @Test
    void doesNotEndTheEntryOfAMonitor() throws InterruptedException {
        Object lock = new Object();
        AtomicBoolean entered = new AtomicBoolean();
        TestThread waiter;
        synchronized (lock) {
            waiter =
                    TestThread.start(() -> {
                        synchronized (lock) {
                            entered.set(true);
                            assertTrue(Thread.interrupted());
                        }
                    });
            Deadline.untilState(waiter.thread(), Thread.State.BLOCKED);
            // From here on native-image's thread does not sleep any more, it tries and tries.
            waiter.thread().interrupt();
            Thread.yield();
            assertFalse(entered.get());
        }
        waiter.finish();
        assertTrue(entered.get());
    }

    @Test
    void isKeptByAwaitUninterruptibly() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        boolean[] signalled = {false};
        TestThread waiter =
                TestThread.start(() -> {
                    lock.lock();
                    try {
                        while (!signalled[0]) {
                            condition.awaitUninterruptibly();
                        }
                    } finally {
                        lock.unlock();
                    }
                    assertTrue(Thread.interrupted());
                });
        Deadline.untilState(waiter.thread(), Thread.State.WAITING);
        waiter.thread().interrupt();
        lock.lock();
        signalled[0] = true;
        condition.signal();
        lock.unlock();
        waiter.finish();
    }

    @Test
    void beforeSleepEndsItAtOnce() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Thread.sleep(Deadline.MILLISECONDS * 2));
        assertFalse(Thread.currentThread().isInterrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Thread.sleep(0));
    }

    @Test
    void beforeWaitEndsItAtOnce() {
        Object lock = new Object();
        Thread.currentThread().interrupt();
        synchronized (lock) {
            assertThrows(InterruptedException.class, lock::wait);
        }
        assertFalse(Thread.interrupted());
    }

    @Test
    void isSeenByOthersAndClearedByOneself() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch cleared = new CountDownLatch(1);
        TestThread other =
                TestThread.start(() -> {
                    Deadline.until("interrupted", () -> Thread.currentThread().isInterrupted());
                    while (interrupted.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    assertTrue(Thread.interrupted());
                    cleared.countDown();
                });
        other.thread().interrupt();
        assertTrue(other.thread().isInterrupted());
        assertTrue(other.thread().isInterrupted());
        interrupted.countDown();
        Deadline.await(cleared);
        assertFalse(other.thread().isInterrupted());
        other.finish();
    }

    @Test
    void ofAThreadThatHasEndedDoesNoHarm() throws InterruptedException {
        TestThread ended = TestThread.start(() -> {});
        ended.finish();
        ended.thread().interrupt();
        assertEquals(Thread.State.TERMINATED, ended.thread().getState());
    }

    /** Many rounds, so that the interrupt comes before, at and after the beginning of the sleep. */
    @Test
    void isNeverLostAtTheBeginningOfASleep() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            TestThread sleeper =
                    TestThread.start(() ->
                            assertThrows(
                                    InterruptedException.class,
                                    () -> Thread.sleep(Deadline.MILLISECONDS * 2)));
            if (i % 3 == 0) {
                Thread.yield();
            }
            sleeper.thread().interrupt();
            sleeper.finish();
        }
    }
}
