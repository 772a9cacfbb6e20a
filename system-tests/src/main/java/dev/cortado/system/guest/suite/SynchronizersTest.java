package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Semaphores, latches, barriers, phasers and exchangers. */
final class SynchronizersTest {
    private final AtomicInteger count = new AtomicInteger();

    @Test
    void aSemaphoreLetsInAsManyAsItHasPermits() throws InterruptedException {
        Semaphore semaphore = new Semaphore(3);
        List<TestThread> threads =
                TestThread.startAll(
                        10,
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                semaphore.acquire();
                                assertTrue(count.incrementAndGet() <= 3);
                                Thread.yield();
                                count.decrementAndGet();
                                semaphore.release();
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(3, semaphore.availablePermits());
    }

    @Test
    void aSemaphoreGivesSeveralPermitsAtOnce() throws InterruptedException {
        Semaphore semaphore = new Semaphore(0, true);
        TestThread greedy = TestThread.start(() -> semaphore.acquire(5));
        Deadline.until("in the queue", semaphore::hasQueuedThreads);
        for (int i = 0; i < 5; i++) {
            assertTrue(greedy.thread().isAlive());
            semaphore.release();
        }
        greedy.finish();
        assertFalse(semaphore.tryAcquire(10, TimeUnit.MILLISECONDS));
    }

    @Test
    void aLatchOpensAtZero() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(3);
        List<TestThread> waiters =
                TestThread.startAll(
                        5,
                        () -> {
                            latch.await();
                            assertEquals(3, count.get());
                        });
        assertFalse(latch.await(5, TimeUnit.MILLISECONDS));
        for (int i = 0; i < 3; i++) {
            count.incrementAndGet();
            latch.countDown();
        }
        TestThread.finishAll(waiters);
    }

    @Test
    void aBarrierHoldsUntilAllHaveCome() throws InterruptedException {
        int parties = 5;
        int rounds = 100;
        AtomicInteger actions = new AtomicInteger();
        CyclicBarrier barrier =
                new CyclicBarrier(
                        parties,
                        () -> assertEquals(count.get(), parties * actions.incrementAndGet()));
        List<TestThread> threads =
                TestThread.startAll(
                        parties,
                        () -> {
                            for (int i = 1; i <= rounds; i++) {
                                count.incrementAndGet();
                                barrier.await(Deadline.SECONDS, TimeUnit.SECONDS);
                                assertTrue(actions.get() >= i);
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(rounds, actions.get());
        assertEquals(parties * rounds, count.get());
    }

    @Test
    void aTimeOutBreaksABarrierForAll() throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(3);
        TestThread waiter =
                TestThread.start(
                        () -> assertThrows(BrokenBarrierException.class, () -> barrier.await()));
        Deadline.until("waiting", () -> barrier.getNumberWaiting() == 1);
        assertThrows(TimeoutException.class, () -> barrier.await(5, TimeUnit.MILLISECONDS));
        waiter.finish();
        assertTrue(barrier.isBroken());
        barrier.reset();
        assertFalse(barrier.isBroken());
    }

    @Test
    void aPhaserAdvancesWithAllItsParties() throws InterruptedException {
        int parties = 4;
        Phaser phaser =
                new Phaser(parties) {
                    @Override
                    protected boolean onAdvance(int phase, int registered) {
                        assertEquals((phase + 1) * parties, count.get());
                        return phase == 49;
                    }
                };
        List<TestThread> threads =
                TestThread.startAll(
                        parties,
                        () -> {
                            while (!phaser.isTerminated()) {
                                count.incrementAndGet();
                                phaser.arriveAndAwaitAdvance();
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(50 * parties, count.get());
    }

    @Test
    void partiesOfAPhaserComeAndGo() throws InterruptedException {
        Phaser phaser = new Phaser(1);
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            phaser.register();
            int phases = i;
            threads.add(
                    TestThread.start(() -> {
                        for (int phase = 0; phase < phases; phase++) {
                            assertEquals(phase + 1, phaser.arriveAndAwaitAdvance());
                        }
                        phaser.arriveAndDeregister();
                    }));
        }
        for (int phase = 0; phase < 6; phase++) {
            phaser.arriveAndAwaitAdvance();
        }
        TestThread.finishAll(threads);
        assertEquals(1, phaser.getRegisteredParties());
    }

    @Test
    void anExchangerSwaps() throws InterruptedException, TimeoutException {
        Exchanger<Integer> exchanger = new Exchanger<>();
        int rounds = 300;
        TestThread other =
                TestThread.start(() -> {
                    for (int i = 0; i < rounds; i++) {
                        assertEquals(i, exchange(exchanger, -i));
                    }
                });
        for (int i = 0; i < rounds; i++) {
            assertEquals(-i, exchange(exchanger, i));
        }
        other.finish();
        assertThrows(TimeoutException.class, () -> exchanger.exchange(1, 5, TimeUnit.MILLISECONDS));
    }

    private static int exchange(Exchanger<Integer> exchanger, int value)
            throws InterruptedException, TimeoutException {
        return exchanger.exchange(value, Deadline.SECONDS, TimeUnit.SECONDS);
    }
}
