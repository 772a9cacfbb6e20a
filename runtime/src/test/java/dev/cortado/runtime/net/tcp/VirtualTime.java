package dev.cortado.runtime.net.tcp;

import java.util.PriorityQueue;

/** A clock that goes from one event to the next. */
final class VirtualTime {
    private record Event(long time, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) ->
                    a.time != b.time
                            ? Long.compare(a.time, b.time)
                            : Long.compare(a.order, b.order));
    private long now = 1_000_000_000_000L;
    private long order;

    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        events.add(new Event(Math.max(now, time), order++, action));
    }

    /** Lets time pass until a moment; who is due at it is told. */
    void runUntil(long end) {
        while (!events.isEmpty() && events.peek().time <= end) {
            Event event = events.poll();
            now = event.time;
            event.action.run();
        }
        now = Math.max(now, end);
    }

    void runFor(long nanoseconds) {
        runUntil(now + nanoseconds);
    }

    static long milliseconds(long count) {
        return count * 1_000_000;
    }

    static long seconds(long count) {
        return count * 1_000_000_000;
    }
}
