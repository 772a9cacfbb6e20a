package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

/** {@link ReentrantReadWriteLock} and {@link StampedLock}: many readers or one writer. */
final class ReadWriteLockTest {
    private static final int ROUNDS = 500;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final StampedLock stamped = new StampedLock();
    private int first;
    private int second;

    @Test
    void readersSeeWholeWrites() throws InterruptedException {
        List<TestThread> threads = new ArrayList<>();
        threads.addAll(
                TestThread.startAll(
                        2,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                lock.writeLock().lock();
                                first++;
                                Thread.yield();
                                second++;
                                lock.writeLock().unlock();
                            }
                        }));
        threads.addAll(
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                lock.readLock().lock();
                                assertEquals(first, second);
                                lock.readLock().unlock();
                            }
                        }));
        TestThread.finishAll(threads);
        assertEquals(2 * ROUNDS, second);
    }

    @Test
    void readersShare() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(5);
        List<TestThread> readers =
                TestThread.startAll(
                        5,
                        () -> {
                            lock.readLock().lock();
                            inside.countDown();
                            Deadline.await(inside);
                            lock.readLock().unlock();
                        });
        TestThread.finishAll(readers);
    }

    @Test
    void aWriterMayBecomeAReader() throws InterruptedException {
        lock.writeLock().lock();
        lock.readLock().lock();
        lock.writeLock().unlock();
        TestThread.start(
                        () -> {
                            assertTrue(lock.readLock().tryLock());
                            lock.readLock().unlock();
                            assertFalse(lock.writeLock().tryLock());
                        })
                .finish();
        lock.readLock().unlock();
        assertTrue(lock.writeLock().tryLock());
    }

    @Test
    void stampedReadersSeeWholeWrites() throws InterruptedException {
        List<TestThread> threads = new ArrayList<>();
        threads.addAll(
                TestThread.startAll(
                        2,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                long stamp = stamped.writeLock();
                                first++;
                                Thread.yield();
                                second++;
                                stamped.unlockWrite(stamp);
                            }
                        }));
        threads.addAll(
                TestThread.startAll(
                        2,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                long stamp = stamped.readLock();
                                assertEquals(first, second);
                                stamped.unlockRead(stamp);
                            }
                        }));
        threads.addAll(TestThread.startAll(2, this::readOptimistically));
        TestThread.finishAll(threads);
        assertEquals(2 * ROUNDS, first);
        assertFalse(stamped.isReadLocked() || stamped.isWriteLocked());
    }

    private void readOptimistically() {
        for (int i = 0; i < ROUNDS; i++) {
            long stamp = stamped.tryOptimisticRead();
            int a = first;
            int b = second;
            if (stamped.validate(stamp)) {
                assertEquals(a, b);
            }
        }
    }

    @Test
    void stampsAreConverted() {
        long stamp = stamped.readLock();
        stamp = stamped.tryConvertToWriteLock(stamp);
        assertTrue(stamp != 0);
        assertTrue(stamped.isWriteLocked());
        stamp = stamped.tryConvertToOptimisticRead(stamp);
        assertTrue(stamped.validate(stamp));
        assertFalse(stamped.isWriteLocked());
        stamped.unlockWrite(stamped.writeLock());
        assertFalse(stamped.validate(stamp));
    }
}
