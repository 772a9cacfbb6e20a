package dev.cortado.runtime.net.time;

/** Nanoseconds since some moment, as {@link System#nanoTime}; a test's stands still. */
@FunctionalInterface
public interface NetworkClock {
    long nanoTime();
}
