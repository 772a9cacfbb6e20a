package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** {@link Condition}. */
final class ConditionTest {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Condition notFull = lock.newCondition();
    private final Deque<Integer> buffer = new ArrayDeque<>();

    @Test
    void boundedBuffer() throws InterruptedException {
        int each = 500;
        AtomicLong sum = new AtomicLong();
        List<TestThread> threads = new ArrayList<>();
        threads.addAll(
                TestThread.startAll(
                        3,
                        () -> {
                            for (int i = 1; i <= each; i++) {
                                put(i);
                            }
                        }));
        threads.addAll(
                TestThread.startAll(
                        3,
                        () -> {
                            for (int i = 1; i <= each; i++) {
                                sum.addAndGet(take());
                            }
                        }));
        TestThread.finishAll(threads);
        assertEquals(3L * each * (each + 1) / 2, sum.get());
        assertTrue(buffer.isEmpty());
    }

    private void put(int value) throws InterruptedException {
        lock.lock();
        try {
            while (buffer.size() == 4) {
                notFull.await();
            }
            buffer.add(value);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private int take() throws InterruptedException {
        lock.lock();
        try {
            while (buffer.isEmpty()) {
                notEmpty.await();
            }
            notFull.signal();
            return buffer.remove();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void signalsAreServedInOrder() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int mine = i;
            threads.add(
                    TestThread.start(() -> {
                        lock.lock();
                        notEmpty.await();
                        order.add(mine);
                        lock.unlock();
                    }));
            int expected = i + 1;
            Deadline.until("waiter " + i, () -> waiting() == expected);
        }
        for (int i = 1; i <= 5; i++) {
            lock.lock();
            notEmpty.signal();
            lock.unlock();
            int expected = i;
            Deadline.until("woken " + i, () -> size(order) == expected);
        }
        TestThread.finishAll(threads);
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    private int waiting() {
        lock.lock();
        try {
            return lock.getWaitQueueLength(notEmpty);
        } finally {
            lock.unlock();
        }
    }

    private int size(List<Integer> list) {
        lock.lock();
        try {
            return list.size();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void timedWaitsEnd() throws InterruptedException {
        lock.lock();
        try {
            long begin = System.nanoTime();
            long rest = TimeUnit.MILLISECONDS.toNanos(15);
            while (rest > 0) {
                rest = notEmpty.awaitNanos(rest);
            }
            assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(15));
            assertFalse(notEmpty.await(5, TimeUnit.MILLISECONDS));
            assertFalse(notEmpty.awaitUntil(new Date(System.currentTimeMillis() + 10)));
            assertTrue(lock.isHeldByCurrentThread());
        } finally {
            lock.unlock();
        }
    }

    @Test
    void signalAllWakesAll() throws InterruptedException {
        boolean[] open = {false};
        List<TestThread> threads =
                TestThread.startAll(
                        8,
                        () -> {
                            lock.lock();
                            try {
                                while (!open[0]) {
                                    notEmpty.await();
                                }
                            } finally {
                                lock.unlock();
                            }
                        });
        Deadline.until("all wait", () -> waiting() == 8);
        lock.lock();
        open[0] = true;
        notEmpty.signalAll();
        lock.unlock();
        TestThread.finishAll(threads);
    }

    @Test
    void needsTheLock() {
        assertThrows(IllegalMonitorStateException.class, notEmpty::await);
        assertThrows(IllegalMonitorStateException.class, notEmpty::signal);
    }
}
