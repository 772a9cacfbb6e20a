package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** {@code synchronized}. */
final class MonitorTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 2_000;

    private int counter;
    private static int staticCounter;

    /** Its loop does nothing else than enter a monitor and leave it. */
    private static final class Entering implements TestThread.Body {
        private final Object lock = new Object();
        private volatile boolean isDone;
        private volatile int rounds;

        @Override
        public void run() {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                synchronized (lock) {
                    rounds = i;
                    if (isDone) {
                        break;
                    }
                }
            }
        }
    }

    @Test
    void aCollectionStopsWhoDoesNothingButEnter() throws InterruptedException {
        Entering entering = new Entering();
        List<TestThread> threads = TestThread.startAll(1, entering);
        while (entering.rounds < ROUNDS) {
            Thread.yield();
        }
        System.gc();
        entering.isDone = true;
        TestThread.finishAll(threads);
        assertTrue(entering.rounds < Integer.MAX_VALUE - 1);
    }

    @Test
    void onlyOneThreadIsInside() throws InterruptedException {
        Object lock = new Object();
        AtomicBoolean inside = new AtomicBoolean();
        List<TestThread> threads =
                TestThread.startAll(
                        THREADS,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                synchronized (lock) {
                                    assertFalse(inside.getAndSet(true));
                                    counter++;
                                    if (i % 100 == 0) {
                                        Thread.yield();
                                    }
                                    inside.set(false);
                                }
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(THREADS * ROUNDS, counter);
    }

    /** Whoever leaves it while another one begins to wait, of whatever kind, wakes that one. */
    @Test
    void nobodyWaitsForAFreeOne() throws InterruptedException {
        Object lock = new Object();
        Runnable work =
                () -> {
                    for (int i = 0; i < 10 * ROUNDS; i++) {
                        synchronized (lock) {
                            synchronized (lock) {
                                counter++;
                            }
                            if (i % 512 == 0) {
                                Thread.yield();
                            }
                        }
                    }
                };
        List<TestThread> threads = TestThread.startAll(THREADS / 2, work::run);
        List<Thread> virtualThreads = new ArrayList<>();
        for (int i = 0; i < THREADS / 2; i++) {
            virtualThreads.add(Thread.startVirtualThread(work));
        }
        TestThread.finishAll(threads);
        for (Thread thread : virtualThreads) {
            assertTrue(thread.join(Duration.ofSeconds(Deadline.SECONDS)));
        }
        assertEquals(THREADS * 10 * ROUNDS, counter);
    }

    @Test
    void synchronizedMethods() throws InterruptedException {
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < ROUNDS; i++) {
                                increment();
                                incrementStatic();
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(4 * ROUNDS, counter);
        assertEquals(4 * ROUNDS, staticCounter);
    }

    private synchronized void increment() {
        counter++;
    }

    private static synchronized void incrementStatic() {
        staticCounter++;
    }

    @Test
    void canBeEnteredAgain() throws InterruptedException {
        Object lock = new Object();
        enter(lock, 1_000);
        assertFalse(Thread.holdsLock(lock));
        // Another thread gets in: nothing is left of the thousand entries.
        TestThread.start(() -> enter(lock, 1)).finish();
    }

    private static void enter(Object lock, int depth) {
        synchronized (lock) {
            assertTrue(Thread.holdsLock(lock));
            if (depth > 1) {
                enter(lock, depth - 1);
            }
            assertTrue(Thread.holdsLock(lock));
        }
    }

    @Test
    void isLeftByAnException() throws InterruptedException {
        Object lock = new Object();
        assertThrows(
                IllegalStateException.class,
                () -> {
                    synchronized (lock) {
                        throw new IllegalStateException();
                    }
                });
        assertFalse(Thread.holdsLock(lock));
        TestThread.start(() -> enter(lock, 1)).finish();
    }

    @Test
    void ofEveryKindOfObject() throws InterruptedException {
        List<Object> objects =
                List.of(
                        new Object(),
                        new int[0],
                        new int[3],
                        new String[1],
                        new String("text"),
                        String.class,
                        MonitorTest.class,
                        Thread.currentThread(),
                        (Runnable) () -> {});
        int[] count = new int[objects.size()];
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < 200 * objects.size(); i++) {
                                int which = i % objects.size();
                                synchronized (objects.get(which)) {
                                    count[which]++;
                                }
                            }
                        });
        TestThread.finishAll(threads);
        for (int each : count) {
            assertEquals(800, each);
        }
    }

    @Test
    void ofVeryManyObjects() {
        List<Object> held = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            Object lock = new Object();
            synchronized (lock) {
                assertTrue(Thread.holdsLock(lock));
            }
            if (i % 10 == 0) {
                held.add(lock);
            }
        }
        System.gc();
        for (Object lock : held) {
            assertFalse(Thread.holdsLock(lock));
            synchronized (lock) {
                assertTrue(Thread.holdsLock(lock));
            }
        }
    }

    @Test
    void staysHeldAcrossACollection() throws InterruptedException {
        Object lock = new Object();
        TestThread other;
        synchronized (lock) {
            int hash = System.identityHashCode(lock);
            System.gc();
            other =
                    TestThread.start(() -> {
                        synchronized (lock) {
                            counter++;
                        }
                    });
            Deadline.untilState(other.thread(), Thread.State.BLOCKED);
            System.gc();
            assertTrue(Thread.holdsLock(lock));
            assertEquals(hash, System.identityHashCode(lock));
            assertEquals(0, counter);
        }
        other.finish();
        assertEquals(1, counter);
    }

    @Test
    void twoMonitorsInTheSameOrder() throws InterruptedException {
        Object outer = new Object();
        Object inner = new Object();
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                synchronized (outer) {
                                    Thread.yield();
                                    synchronized (inner) {
                                        counter++;
                                    }
                                }
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(2_000, counter);
    }

    @Test
    void ofNothing() {
        Object nothing = Integer.parseInt("0") == 0 ? null : this;
        assertThrows(
                NullPointerException.class,
                () -> {
                    synchronized (nothing) {
                        counter++;
                    }
                });
        assertEquals(0, counter);
    }
}
