package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ReentrantLock}. */
final class ReentrantLockTest {
    private int counter;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyOneThreadHoldsIt(boolean fair) throws InterruptedException {
        ReentrantLock lock = new ReentrantLock(fair);
        int rounds = fair ? 100 : 2_000;
        List<TestThread> threads =
                TestThread.startAll(
                        8,
                        () -> {
                            for (int i = 0; i < rounds; i++) {
                                lock.lock();
                                try {
                                    counter++;
                                } finally {
                                    lock.unlock();
                                }
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(8 * rounds, counter);
        assertFalse(lock.isLocked());
    }

    @Test
    void canBeTakenAgain() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        for (int i = 1; i <= 100; i++) {
            lock.lock();
            assertEquals(i, lock.getHoldCount());
        }
        TestThread.start(() -> assertFalse(lock.tryLock())).finish();
        for (int i = 0; i < 100; i++) {
            lock.unlock();
        }
        TestThread.start(() -> assertTrue(lock.tryLock())).finish();
    }

    @Test
    void aFairOneServesInOrder() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock(true);
        List<Integer> order = new ArrayList<>();
        List<TestThread> threads = new ArrayList<>();
        lock.lock();
        for (int i = 0; i < 8; i++) {
            int mine = i;
            TestThread thread =
                    TestThread.start(() -> {
                        lock.lock();
                        order.add(mine);
                        lock.unlock();
                    });
            Deadline.until("queued", () -> lock.hasQueuedThread(thread.thread()));
            threads.add(thread);
        }
        assertEquals(8, lock.getQueueLength());
        lock.unlock();
        TestThread.finishAll(threads);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), order);
    }

    @Test
    void tryLockGivesUpWhenItsTimeIsUp() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        TestThread other =
                TestThread.start(() -> {
                    long begin = System.nanoTime();
                    assertFalse(lock.tryLock(20, TimeUnit.MILLISECONDS));
                    assertTrue(System.nanoTime() - begin >= 20_000_000);
                    assertFalse(lock.tryLock(0, TimeUnit.SECONDS));
                });
        other.finish();
        lock.unlock();
        assertTrue(lock.tryLock(1, TimeUnit.SECONDS));
    }

    @Test
    void timedWaitersGetItWhenItIsFree() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            assertTrue(lock.tryLock(Deadline.SECONDS, TimeUnit.SECONDS));
                            counter++;
                            lock.unlock();
                        });
        Deadline.until("four in the queue", () -> lock.getQueueLength() == 4);
        lock.unlock();
        TestThread.finishAll(threads);
        assertEquals(4, counter);
    }

    @Test
    void onlyTheOwnerMayUnlock() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        assertThrows(IllegalMonitorStateException.class, lock::unlock);
        lock.lock();
        TestThread.start(() -> assertThrows(IllegalMonitorStateException.class, lock::unlock))
                .finish();
        lock.unlock();
    }
}
