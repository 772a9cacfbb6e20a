package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Single variables that several threads change, and what they see of each other. */
final class AtomicsTest {
    private static final VarHandle PLAIN;

    static {
        try {
            PLAIN = MethodHandles.lookup().findVarHandle(AtomicsTest.class, "plain", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int plain;
    private int left;
    private int right;
    private volatile int seenByLeft;
    private volatile boolean ready;

    @Test
    void noUpdateIsLost() throws InterruptedException {
        AtomicInteger integer = new AtomicInteger();
        AtomicLong number = new AtomicLong();
        LongAdder adder = new LongAdder();
        LongAccumulator maximum = new LongAccumulator(Math::max, Long.MIN_VALUE);
        AtomicReference<Integer> reference = new AtomicReference<>(0);
        List<TestThread> threads =
                TestThread.startAll(
                        6,
                        () -> {
                            for (int i = 0; i < 3_000; i++) {
                                maximum.accumulate(integer.incrementAndGet());
                                number.getAndAdd(3);
                                adder.increment();
                                PLAIN.getAndAdd(this, 2);
                                reference.updateAndGet(value -> value + 1);
                            }
                        });
        TestThread.finishAll(threads);
        assertEquals(18_000, integer.get());
        assertEquals(54_000, number.get());
        assertEquals(18_000, adder.sum());
        assertEquals(18_000, maximum.get());
        assertEquals(36_000, plain);
        assertEquals(18_000, reference.get());
    }

    @Test
    void compareAndSetComparesAndSets() {
        AtomicStampedReference<String> reference = new AtomicStampedReference<>("a", 1);
        assertFalse(reference.compareAndSet("a", "b", 2, 3));
        assertTrue(reference.compareAndSet("a", "b", 1, 2));
        assertEquals(2, reference.getStamp());
        AtomicInteger integer = new AtomicInteger(5);
        assertFalse(integer.compareAndSet(4, 6));
        assertEquals(5, integer.compareAndExchange(5, 6));
        assertEquals(6, integer.get());
    }

    /** A volatile write publishes what was written before it. */
    @Test
    void volatilePublishes() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            left = 0;
            ready = false;
            TestThread reader =
                    TestThread.start(() -> {
                        while (!ready) {
                            Thread.onSpinWait();
                        }
                        assertEquals(42, left);
                    });
            left = 42;
            ready = true;
            reader.finish();
        }
    }

    /** Dekker: with full fences at least one of two threads sees the other's write. */
    @Test
    void fencesOrderAStoreBeforeALoad() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            left = 0;
            right = 0;
            seenByLeft = -1;
            TestThread other =
                    TestThread.start(() -> {
                        left = 1;
                        VarHandle.fullFence();
                        seenByLeft = right;
                    });
            right = 1;
            VarHandle.fullFence();
            int seenByRight = left;
            other.finish();
            assertTrue(seenByLeft == 1 || seenByRight == 1);
        }
    }
}
