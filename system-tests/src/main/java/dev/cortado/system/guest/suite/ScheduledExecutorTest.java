package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks at a time: in the order of their times, and none early. */
final class ScheduledExecutorTest {
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(1);

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdownNow();
        assertTrue(executor.awaitTermination(Deadline.SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void runsInOrderAndNotEarly() throws InterruptedException {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Integer> early = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(10);
        CountDownLatch go = new CountDownLatch(1);
        // The one thread is held, so that no task's time comes before all have been given.
        executor.execute(() -> hold(go));
        for (int i = 9; i >= 0; i--) {
            int delay = 5 + i * 3;
            long begin = System.nanoTime();
            executor.schedule(
                    () -> {
                        if (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(delay)) {
                            early.add(delay);
                        }
                        order.add(delay);
                        all.countDown();
                    },
                    delay,
                    TimeUnit.MILLISECONDS);
        }
        go.countDown();
        Deadline.await(all);
        assertEquals(List.of(), early);
        assertEquals(10, order.size());
    }

    private static void hold(CountDownLatch latch) {
        try {
            Deadline.await(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Longer apart than tasks take to be handed in, so their order is known. */
    @Test
    void timesFarApartAreInOrder() throws InterruptedException {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(3);
        for (int delay : new int[] {900, 10, 400}) {
            executor.schedule(
                    () -> {
                        order.add(delay);
                        all.countDown();
                    },
                    delay,
                    TimeUnit.MILLISECONDS);
        }
        Deadline.await(all);
        assertEquals(List.of(10, 400, 900), order);
    }

    @Test
    void repeatsAtARate() throws InterruptedException {
        CountDownLatch five = new CountDownLatch(5);
        long begin = System.nanoTime();
        ScheduledFuture<?> future =
                executor.scheduleAtFixedRate(five::countDown, 2, 3, TimeUnit.MILLISECONDS);
        Deadline.await(five);
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(2 + 4 * 3));
        assertTrue(future.cancel(false));
        assertTrue(future.isCancelled());
    }

    @Test
    void repeatsWithADelayUntilAnExceptionEndsIt() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future =
                executor.scheduleWithFixedDelay(
                        () -> {
                            if (runs.incrementAndGet() == 3) {
                                throw new IllegalStateException("expected");
                            }
                        },
                        0,
                        1,
                        TimeUnit.MILLISECONDS);
        Deadline.until("done", future::isDone);
        assertEquals(3, runs.get());
    }

    @Test
    void aCancelledTaskDoesNotRun() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        ScheduledFuture<?> future =
                executor.schedule(runs::incrementAndGet, 30, TimeUnit.MILLISECONDS);
        assertTrue(future.cancel(false));
        CountDownLatch later = new CountDownLatch(1);
        executor.schedule(later::countDown, 60, TimeUnit.MILLISECONDS);
        Deadline.await(later);
        assertEquals(0, runs.get());
    }

    @Test
    void timersRunInOrder() throws InterruptedException {
        Timer timer = new Timer("timer", true);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(3);
        for (int delay : new int[] {600, 5, 300}) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            order.add(delay);
                            all.countDown();
                        }
                    },
                    delay);
        }
        Deadline.await(all);
        assertEquals(List.of(5, 300, 600), order);
        timer.cancel();
        assertFalse(order.isEmpty());
    }
}
