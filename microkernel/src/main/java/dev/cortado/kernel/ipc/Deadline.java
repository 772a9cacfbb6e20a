package dev.cortado.kernel.ipc;

import dev.cortado.kernel.thread.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** From how long to until when. */
final class Deadline {
    private Deadline() {}

    /** Of {@link System#nanoTime}; the far future for what is longer than that. */
    static long in(Duration timeout) {
        long now = System.nanoTime();
        long deadline = now + TimeUnit.NANOSECONDS.convert(timeout);
        return deadline < now && timeout.isPositive() ? Scheduler.FOREVER : deadline;
    }
}
