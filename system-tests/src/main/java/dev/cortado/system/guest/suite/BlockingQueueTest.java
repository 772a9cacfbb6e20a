package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queues that wait. */
final class BlockingQueueTest {
    private static final int EACH = 500;

    static Stream<BlockingQueue<Integer>> queues() {
        return Stream.of(
                new ArrayBlockingQueue<>(5),
                new ArrayBlockingQueue<>(1, true),
                new LinkedBlockingQueue<>(5),
                new LinkedBlockingDeque<>(5),
                new LinkedTransferQueue<>(),
                new PriorityBlockingQueue<>(),
                new SynchronousQueue<>(),
                new SynchronousQueue<>(true));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("queues")
    void nothingIsLost(BlockingQueue<Integer> queue) throws InterruptedException {
        AtomicLong sum = new AtomicLong();
        List<TestThread> threads = new ArrayList<>();
        threads.addAll(
                TestThread.startAll(
                        3,
                        () -> {
                            for (int i = 1; i <= EACH; i++) {
                                queue.put(i);
                            }
                        }));
        threads.addAll(
                TestThread.startAll(
                        3,
                        () -> {
                            for (int i = 1; i <= EACH; i++) {
                                Integer value = queue.poll(Deadline.SECONDS, TimeUnit.SECONDS);
                                sum.addAndGet(value);
                            }
                        }));
        TestThread.finishAll(threads);
        assertEquals(3L * EACH * (EACH + 1) / 2, sum.get());
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("queues")
    void oneConsumerSeesOneProducersOrder(BlockingQueue<Integer> queue)
            throws InterruptedException {
        TestThread producer =
                TestThread.start(() -> {
                    for (int i = 0; i < EACH; i++) {
                        queue.put(i);
                    }
                });
        for (int i = 0; i < EACH; i++) {
            assertEquals(i, queue.poll(Deadline.SECONDS, TimeUnit.SECONDS));
        }
        producer.finish();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("queues")
    void pollOfAnEmptyOneGivesUp(BlockingQueue<Integer> queue) throws InterruptedException {
        long begin = System.nanoTime();
        assertNull(queue.poll(10, TimeUnit.MILLISECONDS));
        assertTrue(System.nanoTime() - begin >= 10_000_000);
        assertNull(queue.poll());
    }

    @Test
    void offerToAFullOneGivesUp() throws InterruptedException {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        queue.add(1);
        assertFalse(queue.offer(2));
        assertFalse(queue.offer(2, 10, TimeUnit.MILLISECONDS));
        assertThrows(IllegalStateException.class, () -> queue.add(2));
        assertFalse(new SynchronousQueue<Integer>().offer(1));
    }

    @Test
    void transferWaitsForItsTaker() throws InterruptedException {
        LinkedTransferQueue<Integer> queue = new LinkedTransferQueue<>();
        assertFalse(queue.tryTransfer(1));
        assertFalse(queue.tryTransfer(1, 5, TimeUnit.MILLISECONDS));
        TestThread giver = TestThread.start(() -> queue.transfer(7));
        Deadline.untilState(giver.thread(), Thread.State.WAITING);
        assertEquals(7, queue.take());
        giver.finish();
        TestThread taker = TestThread.start(() -> assertEquals(8, queue.take()));
        Deadline.until("a taker", queue::hasWaitingConsumer);
        assertTrue(queue.tryTransfer(8));
        taker.finish();
    }

    private record Due(long at, int number) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Due) other).at);
        }
    }

    @Test
    void delayedElementsComeInTheirOrderAndNotEarly() throws InterruptedException {
        DelayQueue<Due> queue = new DelayQueue<>();
        long now = System.nanoTime();
        int[] delays = {30, 5, 20, 10, 25, 15};
        for (int delay : delays) {
            queue.add(new Due(now + TimeUnit.MILLISECONDS.toNanos(delay), delay));
        }
        for (int expected = 5; expected <= 30; expected += 5) {
            Due due = queue.poll(Deadline.SECONDS, TimeUnit.SECONDS);
            assertTrue(System.nanoTime() - due.at >= 0);
            assertEquals(expected, due.number());
        }
    }

    @Test
    void aDelayQueueWakesForAnEarlierElement() throws InterruptedException {
        DelayQueue<Due> queue = new DelayQueue<>();
        long begin = System.nanoTime();
        queue.add(new Due(begin + TimeUnit.SECONDS.toNanos(1000), 2));
        TestThread taker = TestThread.start(() -> assertEquals(1, queue.take().number()));
        Deadline.untilState(taker.thread(), Thread.State.TIMED_WAITING);
        queue.add(new Due(begin, 1));
        taker.finish();
    }

    @Test
    void drainTakesAll() {
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(List.of(1, 2, 3, 4));
        List<Integer> drained = new ArrayList<>();
        assertEquals(3, queue.drainTo(drained, 3));
        assertEquals(1, queue.drainTo(drained));
        assertEquals(List.of(1, 2, 3, 4), drained);
    }
}
