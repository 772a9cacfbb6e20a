package dev.cortado.kernel.ipc;

import dev.cortado.kernel.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** From how long to until when. */
final class Deadline {
    private Deadline() {}

    /** In nanoseconds of the monotonic clock; the far future for what is longer than that. */
    static long in(Duration timeout) {
        return Clock.deadlineIn(TimeUnit.NANOSECONDS.convert(timeout));
    }
}
