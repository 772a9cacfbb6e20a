package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code LockSupport}: a park may end for no reason, so each is in a loop. */
final class ParkTest {
    @Test
    void aPermitGivenBeforeIsKept() {
        LockSupport.unpark(Thread.currentThread());
        LockSupport.park();
    }

    @Test
    void permitsDoNotAddUp() {
        for (int i = 0; i < 3; i++) {
            LockSupport.unpark(Thread.currentThread());
        }
        LockSupport.park();
        long begin = System.nanoTime();
        long wait = TimeUnit.MILLISECONDS.toNanos(10);
        int parks = 0;
        while (System.nanoTime() - begin < wait) {
            LockSupport.parkNanos(wait);
            parks++;
        }
        // Without a reason a park may end, but hardly many times in a row.
        assertTrue(parks < 100, () -> "parked again and again");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000, 100_000, 5_000_000, 20_000_000})
    void parkNanosEnds(long nanoseconds) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < nanoseconds) {
            LockSupport.parkNanos(this, nanoseconds);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void noTimeIsNoPark(long nanoseconds) {
        LockSupport.parkNanos(nanoseconds);
    }

    @Test
    void parkUntilEnds() {
        long deadline = System.currentTimeMillis() + 20;
        while (System.currentTimeMillis() < deadline) {
            LockSupport.parkUntil(deadline);
        }
        LockSupport.parkUntil(deadline - 1_000);
        LockSupport.parkUntil(this, 0);
    }

    @Test
    void theBlockerIsVisible() throws InterruptedException {
        Object blocker = new Object();
        AtomicBoolean stop = new AtomicBoolean();
        TestThread parked =
                TestThread.start(() -> {
                    while (!stop.get()) {
                        LockSupport.park(blocker);
                    }
                    assertNull(LockSupport.getBlocker(Thread.currentThread()));
                });
        Deadline.untilState(parked.thread(), Thread.State.WAITING);
        assertSame(blocker, LockSupport.getBlocker(parked.thread()));
        stop.set(true);
        LockSupport.unpark(parked.thread());
        parked.finish();
    }

    @Test
    void threadsTakeTurns() throws InterruptedException {
        int rounds = 2_000;
        AtomicInteger turn = new AtomicInteger();
        Thread first = Thread.currentThread();
        TestThread second =
                TestThread.start(() -> {
                    for (int i = 0; i < rounds; i++) {
                        parkWhile(turn, 2 * i);
                        turn.incrementAndGet();
                        LockSupport.unpark(first);
                    }
                });
        for (int i = 0; i < rounds; i++) {
            turn.incrementAndGet();
            LockSupport.unpark(second.thread());
            parkWhile(turn, 2 * i + 1);
        }
        second.finish();
        assertEquals(2 * rounds, turn.get());
    }

    private static void parkWhile(AtomicInteger turn, int value) {
        while (turn.get() == value) {
            LockSupport.park();
        }
    }

    /** The other thread may be anywhere between its check and its park. */
    @Test
    void noPermitIsLost() throws InterruptedException {
        AtomicInteger given = new AtomicInteger();
        int rounds = 5_000;
        TestThread taker =
                TestThread.start(() -> {
                    for (int i = 1; i <= rounds; i++) {
                        while (given.get() < i) {
                            LockSupport.park();
                        }
                    }
                });
        for (int i = 0; i < rounds; i++) {
            given.incrementAndGet();
            LockSupport.unpark(taker.thread());
            if (i % 7 == 0) {
                Thread.yield();
            }
        }
        taker.finish();
    }

    /** A time-out and a permit at about the same moment. */
    @Test
    void timeOutsAndPermitsDoNotDisturbEachOther() throws InterruptedException {
        AtomicInteger given = new AtomicInteger();
        int rounds = 300;
        TestThread taker =
                TestThread.start(() -> {
                    for (int i = 1; i <= rounds; i++) {
                        while (given.get() < i) {
                            LockSupport.parkNanos(100_000);
                        }
                    }
                });
        for (int i = 0; i < rounds; i++) {
            LockSupport.parkNanos(100_000);
            given.incrementAndGet();
            LockSupport.unpark(taker.thread());
        }
        taker.finish();
    }

    @Test
    void unparkOfAThreadThatIsNotThere() throws InterruptedException {
        LockSupport.unpark(null);
        LockSupport.unpark(new Thread(() -> {}));
        TestThread ended = TestThread.start(() -> {});
        ended.finish();
        LockSupport.unpark(ended.thread());
    }
}
