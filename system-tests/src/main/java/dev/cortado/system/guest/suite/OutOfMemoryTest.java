package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heap and stack at their limits: errors that a program can catch and go on from. */
final class OutOfMemoryTest {
    private static final int MEBIBYTE = 1 << 20;

    private int depth;
    private volatile long[] kept;

    @Test
    void theHeapIsFullAndThenNot() {
        int first = fill();
        int second = fill();
        assertTrue(second >= first - first / 4, () -> first + " MiB, then " + second);
        assertTrue(first >= 16, () -> "only " + first + " MiB");
    }

    private static int fill() {
        List<byte[]> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(new byte[MEBIBYTE]);
            }
        } catch (OutOfMemoryError e) {
            int size = hoard.size();
            hoard.clear();
            return size;
        }
    }

    @Test
    void anArrayThatNoMachineHolds() {
        assertThrows(OutOfMemoryError.class, () -> allocate(Integer.MAX_VALUE));
        assertThrows(OutOfMemoryError.class, () -> allocate(Integer.MAX_VALUE - 8));
        assertEquals(10, allocate(10).length);
    }

    /** Kept where others see it, for the compiler leaves out what nobody uses. */
    private long[] allocate(int size) {
        kept = new long[size];
        return kept;
    }

    @Test
    void inAnotherThread() throws InterruptedException {
        TestThread.start(() -> assertTrue(fill() > 0)).finish();
        assertEquals(MEBIBYTE, new byte[MEBIBYTE].length);
    }

    @Test
    void endlessRecursion() {
        for (int i = 0; i < 3; i++) {
            depth = 0;
            assertThrows(StackOverflowError.class, this::descend);
            assertTrue(depth > 1_000, () -> "only " + depth);
        }
    }

    private void descend() {
        depth++;
        descend();
        depth--;
    }

    @Test
    void endlessRecursionInOtherThreads() throws InterruptedException {
        List<TestThread> threads =
                TestThread.startAll(
                        4, () -> assertThrows(StackOverflowError.class, () -> recurse(0)));
        TestThread.finishAll(threads);
    }

    @Test
    void endlessRecursionInAVirtualThread() throws InterruptedException {
        TestThread.start(
                        Thread.ofVirtual(),
                        () -> assertThrows(StackOverflowError.class, () -> recurse(0)))
                .finish();
    }

    private static int recurse(int level) {
        return recurse(level + 1) + 1;
    }

    /** What is inside the recursion is left in order: monitors too. */
    @Test
    void overflowLeavesMonitors() throws InterruptedException {
        Object lock = new Object();
        assertThrows(StackOverflowError.class, () -> enter(lock));
        TestThread.start(
                        () -> {
                            synchronized (lock) {
                                depth++;
                            }
                        })
                .finish();
    }

    private static void enter(Object lock) {
        synchronized (lock) {
            enter(lock);
        }
    }
}
