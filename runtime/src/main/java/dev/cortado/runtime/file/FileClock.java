package dev.cortado.runtime.file;

/** What time it is, for the times of files. */
@FunctionalInterface
public interface FileClock {
    /** Nanoseconds since 1970, UTC. */
    long nanos();
}
