package dev.cortado.system.xen.lab;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what cannot wake us: files that a machine writes. */
public final class Polling {
    private static final int PAUSE_MILLIS = 20;

    private Polling() {}

    /**
     * Waits until it holds; at its deadline it is an error, with a text that says what is known.
     */
    public static void await(
            Duration patience, BooleanSupplier condition, Supplier<String> otherwise) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError(
                        "after %d s: %s".formatted(patience.toSeconds(), otherwise.get()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
