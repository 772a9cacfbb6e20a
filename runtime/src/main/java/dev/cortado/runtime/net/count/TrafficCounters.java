package dev.cortado.runtime.net.count;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of what goes through an interface, or through one of its queues. One thread at a time
 * counts, the one that serves the queue or has its lock, which is why that costs no more than a
 * plain addition; any thread may read.
 */
public final class TrafficCounters {
    private final AtomicLongArray counts = new AtomicLongArray(Traffic.values().length);

    public void add(Traffic what, long number) {
        int index = what.ordinal();
        counts.setRelease(index, counts.getPlain(index) + number);
    }

    public long of(Traffic what) {
        return counts.get(what.ordinal());
    }
}
