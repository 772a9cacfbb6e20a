package dev.cortado.system;

import org.junit.jupiter.api.Test;

/** Threads in a guest. */
final class ThreadIT {
    @Test
    void threadsWaitWakeAndArePreempted() {
        Probe.run("threads").is(0, "all threads well\n");
    }

    @Test
    void stackTraceOfAnotherThread() {
        Probe.run("dump").contains(0, "at park\n", "at waitForever\n", "at run\n");
    }
}
