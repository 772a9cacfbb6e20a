package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Thread pools. */
final class ExecutorTest {
    @Test
    void resultsComeBack() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int number = i;
                futures.add(pool.submit(() -> number * number));
            }
            for (int i = 0; i < 200; i++) {
                assertEquals(i * i, Deadline.get(futures.get(i)));
            }
        }
    }

    @Test
    void exceptionsComeBack() {
        try (ExecutorService pool = Executors.newCachedThreadPool()) {
            Future<?> future =
                    pool.submit(() -> {
                        throw new IllegalStateException("expected");
                    });
            ExecutionException e =
                    assertThrows(ExecutionException.class, () -> Deadline.get(future));
            assertInstanceOf(IllegalStateException.class, e.getCause());
        }
    }

    @Test
    void oneThreadKeepsTheOrder() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                pool.execute(() -> order.add(number));
            }
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(i, order.get(i));
        }
    }

    @Test
    void cancelInterrupts() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> future =
                    pool.submit(() -> {
                        begun.countDown();
                        try {
                            Thread.sleep(Deadline.MILLISECONDS * 2);
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                    });
            Deadline.await(begun);
            assertThrows(TimeoutException.class, () -> future.get(5, TimeUnit.MILLISECONDS));
            assertTrue(future.cancel(true));
            Deadline.await(interrupted);
            assertThrows(CancellationException.class, future::get);
        }
    }

    @Test
    void invokeAllAndAny() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2, () -> 3);
            int sum = 0;
            for (Future<Integer> future : pool.invokeAll(tasks)) {
                sum += future.get();
            }
            assertEquals(6, sum);
            List<Callable<Integer>> some =
                    List.of(
                            () -> {
                                throw new IllegalStateException("expected");
                            },
                            () -> 5);
            assertEquals(5, pool.invokeAny(some));
        }
    }

    @Test
    void resultsInTheOrderOfTheirCompletion() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(pool);
            CountDownLatch second = new CountDownLatch(1);
            service.submit(() -> {
                Deadline.await(second);
                return 1;
            });
            service.submit(() -> 2);
            assertEquals(2, service.poll(Deadline.SECONDS, TimeUnit.SECONDS).get());
            second.countDown();
            assertEquals(1, service.poll(Deadline.SECONDS, TimeUnit.SECONDS).get());
        }
    }

    @Test
    void aFullPoolRejects() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
        for (int i = 0; i < 3; i++) {
            pool.execute(() -> wait(end));
        }
        assertEquals(2, pool.getPoolSize());
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.CallerRunsPolicy());
        AtomicInteger ran = new AtomicInteger();
        pool.execute(ran::incrementAndGet);
        assertEquals(1, ran.get());
        end.countDown();
        pool.shutdown();
        assertTrue(pool.awaitTermination(Deadline.SECONDS, TimeUnit.SECONDS));
        assertEquals(3, pool.getCompletedTaskCount());
    }

    private static void wait(CountDownLatch latch) {
        try {
            Deadline.await(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shutdownNowReturnsWhatHasNotBegun() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        pool.execute(() -> {
            begun.countDown();
            wait(never);
        });
        pool.execute(() -> {});
        pool.execute(() -> {});
        Deadline.await(begun);
        assertEquals(2, pool.shutdownNow().size());
        assertTrue(pool.awaitTermination(Deadline.SECONDS, TimeUnit.SECONDS));
        assertThrows(RejectedExecutionException.class, () -> pool.execute(() -> {}));
    }

    /** Idle threads end, and new ones come when there is work again. */
    @Test
    void threadsComeAndGo() throws Exception {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        0, 4, 10, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
        for (int round = 0; round < 3; round++) {
            assertEquals(7, Deadline.get(pool.submit(() -> 7)));
            Deadline.until("no threads", () -> pool.getPoolSize() == 0);
        }
        pool.shutdown();
    }
}
