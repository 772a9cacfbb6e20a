package dev.cortado.image.guests;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do, for a minute at most. */
final class Waiting {
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long PAUSE_NANOS = 2_000_000;

    private Waiting() {}

    static void until(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                fail("in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
