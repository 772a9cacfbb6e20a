package dev.cortado.runtime.random;

/** The machine's clocks. */
public interface Clocks {
    /** Milliseconds since 1970, as the host has them. */
    long wallMillis();

    /** Nanoseconds that the machine has been running, from any start. */
    long runningNanos();
}
