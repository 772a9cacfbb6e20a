package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waiting for a thread's end. */
final class ThreadJoinTest {
    @Test
    void ofAThreadThatWasNotStartedReturnsAtOnce() throws InterruptedException {
        new Thread(() -> {}).join();
        new Thread(() -> {}).join(1);
        assertThrows(
                IllegalThreadStateException.class,
                () -> new Thread(() -> {}).join(Duration.ofSeconds(1)));
    }

    @Test
    void ofAThreadThatHasEndedReturnsAtOnce() throws InterruptedException {
        TestThread ended = TestThread.start(() -> {});
        ended.finish();
        ended.thread().join();
        assertTrue(ended.thread().join(Duration.ofNanos(1)));
    }

    @Test
    void returnsOnlyAfterTheEnd() throws InterruptedException {
        boolean[] done = {false};
        CountDownLatch go = new CountDownLatch(1);
        TestThread worker =
                TestThread.start(() -> {
                    Deadline.await(go);
                    done[0] = true;
                });
        TestThread joiner =
                TestThread.start(() -> {
                    worker.thread().join();
                    assertTrue(done[0]);
                });
        Deadline.untilState(joiner.thread(), Thread.State.WAITING);
        go.countDown();
        joiner.finish();
    }

    @Test
    void givesUpWhenItsTimeIsUp() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread worker = TestThread.start(() -> Deadline.await(end));
        long begin = System.nanoTime();
        worker.thread().join(20);
        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(20));
        assertFalse(worker.thread().join(Duration.ofMillis(5)));
        assertTrue(worker.thread().isAlive());
        end.countDown();
        worker.finish();
    }

    @Test
    void ofItselfGivesUpToo() throws InterruptedException {
        Thread.currentThread().join(5);
        assertTrue(Thread.currentThread().isAlive());
    }

    @Test
    void wakesAllWhoWait() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        TestThread worker = TestThread.start(() -> Deadline.await(end));
        List<TestThread> joiners = TestThread.startAll(10, () -> worker.thread().join());
        for (TestThread joiner : joiners) {
            Deadline.untilState(joiner.thread(), Thread.State.WAITING);
        }
        end.countDown();
        TestThread.finishAll(joiners);
        worker.finish();
        assertEquals(Thread.State.TERMINATED, worker.thread().getState());
    }

    @Test
    void negativeTimeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Thread.currentThread().join(-1));
    }
}
