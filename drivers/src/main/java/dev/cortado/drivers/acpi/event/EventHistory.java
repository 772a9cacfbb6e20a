package dev.cortado.drivers.acpi.event;

import java.util.concurrent.TimeUnit;

/** How often an event has happened lately, and whether it could be cleared. */
final class EventHistory {
    /** More is no news of a device: nobody plugs so fast. */
    static final int MOST = 1000;

    static final long PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** One that is there again at once, each time, has a cause that its method does not end. */
    static final int MOST_AT_ONCE = 32;

    private int count;
    private int atOnce;
    private long begin;

    /** It happens once more. */
    boolean isTooMuch(long now) {
        if (count == 0 || now - begin > PERIOD) {
            count = 0;
            begin = now;
        }
        count++;
        return count > MOST || atOnce > MOST_AT_ONCE;
    }

    /** It was cleared; whether it is there still, or again. */
    void cleared(boolean isThere) {
        atOnce = isThere ? atOnce + 1 : 0;
    }
}
