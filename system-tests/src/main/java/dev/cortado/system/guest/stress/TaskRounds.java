package dev.cortado.system.guest.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** Tasks, pools and timers. */
final class TaskRounds {
    /** Every so many rounds of virtual threads there are as many at once as a server may have. */
    private static final int LARGE_EVERY = 16;

    private static final int LARGE = 100_000;
    private static final int SMALL = 2_000;

    private static int virtualRounds;

    private TaskRounds() {}

    static void executor(Random random) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1 + random.nextInt(8))) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                results.add(pool.submit(() -> number * 2));
            }
            long sum = 0;
            for (Future<Integer> result : results) {
                sum += Await.result(result);
            }
            Await.equal(500 * 499, sum, "executor");
        }
    }

    static void futures(Random random) throws Exception {
        CompletableFuture<Integer> chain = CompletableFuture.completedFuture(0);
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            chain = chain.thenApplyAsync(value -> value + 1);
            all.add(chain.thenCombine(CompletableFuture.supplyAsync(() -> 1), Integer::sum));
        }
        Await.result(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
        Await.equal(200, Await.result(chain), "CompletableFuture");
        Await.equal(201, Await.result(all.getLast()), "CompletableFuture");
        CompletableFuture<Integer> late = new CompletableFuture<>();
        late.orTimeout(1, TimeUnit.MILLISECONDS);
        try {
            Await.result(late);
            Await.require(false, "no timeout");
        } catch (java.util.concurrent.ExecutionException e) {
            Await.require(e.getCause() instanceof TimeoutException, "not a timeout: " + e);
        }
    }

    static void forkJoin(Random random) throws Exception {
        int number = 15 + random.nextInt(4);
        long expected = fibonacci(number);
        Await.equal(
                expected,
                Await.result(ForkJoinPool.commonPool().submit(new Fibonacci(number))),
                "ForkJoin");
        long sum = LongStream.rangeClosed(1, 200_000).parallel().map(i -> i % 7).sum();
        long serial = LongStream.rangeClosed(1, 200_000).map(i -> i % 7).sum();
        Await.equal(serial, sum, "parallel stream");
    }

    private static long fibonacci(int number) {
        return number < 2 ? number : fibonacci(number - 1) + fibonacci(number - 2);
    }

    private static final class Fibonacci extends RecursiveTask<Long> {
        private final int number;

        Fibonacci(int number) {
            this.number = number;
        }

        @Override
        protected Long compute() {
            if (number < 8) {
                return fibonacci(number);
            }
            Fibonacci other = new Fibonacci(number - 2);
            other.fork();
            return new Fibonacci(number - 1).compute() + other.join();
        }
    }

    static void phaser(Random random) throws Exception {
        int parties = 2 + random.nextInt(5);
        int phases = 50;
        Phaser phaser = new Phaser(parties);
        AtomicInteger inPhase = new AtomicInteger();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < parties; i++) {
                all.add(
                        threads.submit(() -> {
                            for (int phase = 0; phase < phases; phase++) {
                                inPhase.incrementAndGet();
                                int arrival = phaser.arrive();
                                phaser.awaitAdvanceInterruptibly(
                                        arrival, Await.SECONDS, TimeUnit.SECONDS);
                                int seen = inPhase.get();
                                Await.require(
                                        seen >= (phase + 1) * parties,
                                        "a phase ended with " + seen);
                            }
                            return null;
                        }));
            }
            for (Future<?> each : all) {
                Await.result(each);
            }
        }
        Await.equal((long) parties * phases, inPhase.get(), "Phaser");
    }

    static void timers(Random random) throws Exception {
        try (ScheduledExecutorService timers = Executors.newScheduledThreadPool(2)) {
            CountDownLatch fired = new CountDownLatch(100);
            AtomicInteger early = new AtomicInteger();
            for (int i = 0; i < 100; i++) {
                long delay = random.nextInt(20_000_000);
                long due = System.nanoTime() + delay;
                timers.schedule(
                        () -> {
                            if (System.nanoTime() < due) {
                                early.incrementAndGet();
                            }
                            fired.countDown();
                        },
                        delay,
                        TimeUnit.NANOSECONDS);
            }
            Await.zero(fired);
            Await.equal(0, early.get(), "timers that fired early");
        }
    }

    static void platformThreads(Random random) throws Exception {
        LongAdder ran = new LongAdder();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            threads.add(Thread.ofPlatform().start(ran::increment));
        }
        for (Thread thread : threads) {
            Await.end(thread);
        }
        Await.equal(50, ran.sum(), "platform threads");
    }

    /** All of them wait at once, then all go on. */
    static void virtualThreads(Random random) throws Exception {
        int count = virtualRounds++ % LARGE_EVERY == 0 ? LARGE : SMALL;
        CountDownLatch arrived = new CountDownLatch(count);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        arrived.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            return; // and the last latch tells
                        }
                        gone.countDown();
                    });
        }
        Await.zero(arrived);
        go.countDown();
        Await.zero(gone);
    }

    /**
     * As many virtual threads as there will ever be wait for a carrier at once: their scheduler's
     * queue keeps the array that it needs for that.
     */
    static void fullestQueue() throws Exception {
        int carriers = Runtime.getRuntime().availableProcessors();
        CountDownLatch busy = new CountDownLatch(carriers);
        AtomicBoolean released = new AtomicBoolean();
        for (int i = 0; i < carriers; i++) {
            Thread.ofVirtual()
                    .start(() -> {
                        busy.countDown();
                        while (!released.get()) {
                            Thread.onSpinWait();
                        }
                    });
        }
        Await.zero(busy);
        CountDownLatch gone = new CountDownLatch(LARGE);
        for (int i = 0; i < LARGE; i++) {
            Thread.ofVirtual().start(gone::countDown);
        }
        released.set(true);
        Await.zero(gone);
    }
}
