package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waiting for what must come: with an end, and a word about what has not come. */
final class Deadline {
    /** Far longer than anything here takes; what has not come by then is lost. */
    static final long SECONDS = 60;

    static final long MILLISECONDS = SECONDS * 1000;

    private Deadline() {}

    static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(
                latch.await(SECONDS, TimeUnit.SECONDS), () -> "still to come: " + latch.getCount());
    }

    /** A future's result; its exception becomes this thread's. */
    static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return fail("never done: " + future, e);
        }
    }

    /** Waits for something that nobody announces, such as a thread's state. */
    static void until(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(SECONDS)) {
                fail("never: " + what);
            }
            Thread.yield();
        }
    }

    static void untilState(Thread thread, Thread.State state) {
        until(thread + " " + state, () -> thread.getState() == state);
    }
}
