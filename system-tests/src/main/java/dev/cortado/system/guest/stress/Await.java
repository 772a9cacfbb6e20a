package dev.cortado.system.guest.stress;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waits that end: after a minute a wake-up counts as lost. */
final class Await {
    static final long SECONDS = 60;

    private Await() {}

    static <T> T result(Future<T> future) throws Exception {
        return future.get(SECONDS, TimeUnit.SECONDS);
    }

    static void zero(CountDownLatch latch) throws InterruptedException {
        require(latch.await(SECONDS, TimeUnit.SECONDS), "a latch stays at " + latch.getCount());
    }

    static void end(Thread thread) throws InterruptedException {
        thread.join(SECONDS * 1000);
        require(!thread.isAlive(), thread + " does not end");
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    static void equal(long expected, long actual, String what) {
        require(expected == actual, what + ": " + actual + " instead of " + expected);
    }
}
