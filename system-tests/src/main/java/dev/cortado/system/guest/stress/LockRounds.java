package dev.cortado.system.guest.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** Locks that exclude: sums that would be wrong if one did not. */
final class LockRounds {
    private static final int THREADS = 8;
    private static final int STEPS = 400;

    private LockRounds() {}

    private interface Step {
        void run(int number) throws Exception;
    }

    private static void inThreads(Step step) throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    for (int j = 0; j < STEPS; j++) {
                                        step.run(j);
                                    }
                                } catch (Throwable t) {
                                    synchronized (failures) {
                                        failures.add(t);
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        synchronized (failures) {
            Await.require(failures.isEmpty(), "failed: " + failures);
        }
    }

    static void reentrant(Random random) throws Exception {
        ReentrantLock lock = new ReentrantLock(random.nextBoolean());
        long[] sum = new long[1];
        inThreads(number -> {
            lock.lock();
            try {
                long value = sum[0];
                if (number % 64 == 0) {
                    Thread.yield();
                }
                sum[0] = value + 1;
            } finally {
                lock.unlock();
            }
        });
        Await.equal(THREADS * STEPS, sum[0], "ReentrantLock");
    }

    static void monitor(Random random) throws Exception {
        Object lock = new Object();
        long[] sum = new long[1];
        inThreads(number -> {
            synchronized (lock) {
                sum[0]++;
                if (number % 32 == 0) {
                    lock.wait(0, 1000);
                }
                lock.notify();
            }
        });
        Await.equal(THREADS * STEPS, sum[0], "monitor");
    }

    static void stamped(Random random) throws Exception {
        StampedLock lock = new StampedLock();
        long[] pair = new long[2];
        inThreads(number -> {
            if (number % 2 == 0) {
                long stamp = lock.writeLock();
                pair[0]++;
                pair[1]++;
                lock.unlockWrite(stamp);
            } else {
                long stamp = lock.tryOptimisticRead();
                long first = pair[0];
                long second = pair[1];
                if (!lock.validate(stamp)) {
                    stamp = lock.readLock();
                    first = pair[0];
                    second = pair[1];
                    lock.unlockRead(stamp);
                }
                Await.equal(first, second, "StampedLock");
            }
        });
        Await.equal(THREADS * STEPS / 2, pair[0], "StampedLock");
    }

    /** Threads take turns: each waits until the one before it has been. */
    static void conditions(Random random) throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        int[] turn = new int[1];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int mine = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int j = 0; j < 20; j++) {
                                    lock.lock();
                                    try {
                                        while (turn[0] % THREADS != mine) {
                                            changed.awaitUninterruptibly();
                                        }
                                        turn[0]++;
                                        changed.signalAll();
                                    } finally {
                                        lock.unlock();
                                    }
                                }
                            }));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        Await.equal(THREADS * 20, turn[0], "Condition");
    }
}
