package dev.cortado.system.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads: starting, waiting, waking, being preempted. */
final class ThreadProbes {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    private static int counter;
    private static volatile boolean stop;

    private ThreadProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("threads", arguments -> threads(), "dump", arguments -> stackTraceOfOther());
    }

    private static void threads() throws Exception {
        monitors();
        waitAndNotify();
        park();
        interrupt();
        preempt();
        executors();
        virtualThreads();
        manyThreads();
        System.out.println("all threads well");
    }

    private static void monitors() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> count(ROUNDS)));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Probes.check(counter == THREADS * ROUNDS, "lost updates: " + counter);
    }

    private static void count(int times) {
        for (int i = 0; i < times; i++) {
            synchronized (ThreadProbes.class) {
                counter++;
            }
            if (i % 100 == 0) {
                Thread.yield();
            }
        }
    }

    private static void waitAndNotify() throws InterruptedException {
        Object lock = new Object();
        int[] turn = {0};
        Thread other = new Thread(() -> takeTurns(lock, turn, 1));
        other.start();
        takeTurns(lock, turn, 0);
        other.join();
        Probes.check(turn[0] == 2 * ROUNDS, "turns: " + turn[0]);
    }

    private static void takeTurns(Object lock, int[] turn, int mine) {
        for (int i = 0; i < ROUNDS; i++) {
            synchronized (lock) {
                while (turn[0] % 2 != mine) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                turn[0]++;
                lock.notifyAll();
            }
        }
    }

    private static void park() throws InterruptedException {
        Thread main = Thread.currentThread();
        Thread other = new Thread(() -> LockSupport.unpark(main));
        other.start();
        LockSupport.park();
        other.join();
        long before = System.nanoTime();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        Probes.check(System.nanoTime() > before, "time stands still");
    }

    private static void interrupt() throws InterruptedException {
        AtomicInteger interrupted = new AtomicInteger();
        Thread sleeper =
                new Thread(() -> {
                    try {
                        Thread.sleep(1_000_000);
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                });
        sleeper.start();
        sleeper.interrupt();
        sleeper.join();
        Probes.check(interrupted.get() == 1, "the sleeper was not interrupted");
    }

    /** One CPU, a thread that never waits: without preemption nobody else would run. */
    private static void preempt() throws InterruptedException {
        Thread spinner =
                new Thread(() -> {
                    while (!stop) {
                        Thread.onSpinWait();
                    }
                });
        spinner.start();
        Thread.sleep(30);
        System.gc();
        stop = true;
        spinner.join();
    }

    private static void executors() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int number = i;
                futures.add(pool.submit(() -> number * number));
            }
            int sum = 0;
            for (Future<Integer> future : futures) {
                sum += future.get(60, TimeUnit.SECONDS);
            }
            Probes.check(sum == 328_350, "sum of squares: " + sum);
        }
        int async =
                CompletableFuture.supplyAsync(() -> 20)
                        .thenCombine(CompletableFuture.supplyAsync(() -> 22), Integer::sum)
                        .get(60, TimeUnit.SECONDS);
        Probes.check(async == 42, "futures: " + async);
    }

    private static void virtualThreads() throws Exception {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        Thread.startVirtualThread(() -> {
            try {
                queue.put(7);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Probes.check(queue.poll(60, TimeUnit.SECONDS) == 7, "no hand-over");
        CountDownLatch latch = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            Thread.startVirtualThread(() -> {
                LockSupport.parkNanos(1_000_000);
                latch.countDown();
            });
        }
        Probes.check(latch.await(60, TimeUnit.SECONDS), "virtual threads lost");
    }

    /** More in a row than there is memory for stacks at once: they must come back. */
    private static void manyThreads() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(ran::incrementAndGet);
            thread.start();
            thread.join();
        }
        Probes.check(ran.get() == 1_000, "ran: " + ran);
    }

    private static void stackTraceOfOther() throws InterruptedException {
        Thread waiter = new Thread(ThreadProbes::waitForever, "waiter");
        waiter.setDaemon(true);
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        for (StackTraceElement element : waiter.getStackTrace()) {
            System.out.println("at " + element.getMethodName());
        }
    }

    private static void waitForever() {
        LockSupport.park(ThreadProbes.class);
    }
}
