package dev.cortado.system.guest.stress;

import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/** Queues between threads: nothing is lost, nothing comes twice. */
final class QueueRounds {
    private static final int PAIRS = 3;
    private static final int ITEMS = 300;

    private QueueRounds() {}

    static void bounded(Random random) throws Exception {
        pass(new ArrayBlockingQueue<>(1 + random.nextInt(8)), ITEMS);
    }

    static void synchronous(Random random) throws Exception {
        pass(new SynchronousQueue<>(random.nextBoolean()), ITEMS / 4);
    }

    static void transfer(Random random) throws Exception {
        pass(new LinkedTransferQueue<>(), ITEMS);
    }

    private static void pass(BlockingQueue<Integer> queue, int items) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?>[] producers = new Future<?>[PAIRS];
            @SuppressWarnings("unchecked")
            Future<Long>[] consumers = new Future[PAIRS];
            for (int i = 0; i < PAIRS; i++) {
                producers[i] =
                        threads.submit(() -> {
                            for (int j = 1; j <= items; j++) {
                                Await.require(
                                        queue.offer(j, Await.SECONDS, TimeUnit.SECONDS),
                                        "no room in a queue");
                            }
                            return null;
                        });
                consumers[i] =
                        threads.submit(() -> {
                            long sum = 0;
                            for (int j = 0; j < items; j++) {
                                Integer item = queue.poll(Await.SECONDS, TimeUnit.SECONDS);
                                Await.require(item != null, "nothing in a queue");
                                sum += item;
                            }
                            return sum;
                        });
            }
            long sum = 0;
            for (int i = 0; i < PAIRS; i++) {
                Await.result(producers[i]);
                sum += Await.result(consumers[i]);
            }
            Await.equal((long) PAIRS * items * (items + 1) / 2, sum, "queue");
        }
    }

    static void exchange(Random random) throws Exception {
        Exchanger<Integer> exchanger = new Exchanger<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<Long> odd = threads.submit(() -> exchangeAll(exchanger, 1));
            Future<Long> even = threads.submit(() -> exchangeAll(exchanger, 0));
            // Each gets what the other gave.
            Await.equal(100L * 99, Await.result(odd), "Exchanger");
            Await.equal(100L * 100, Await.result(even), "Exchanger");
        }
    }

    private static long exchangeAll(Exchanger<Integer> exchanger, int offset) throws Exception {
        long sum = 0;
        for (int i = 0; i < 100; i++) {
            sum += exchanger.exchange(2 * i + offset, Await.SECONDS, TimeUnit.SECONDS);
        }
        return sum;
    }
}
