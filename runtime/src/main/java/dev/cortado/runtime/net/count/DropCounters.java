package dev.cortado.runtime.net.count;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many packets were dropped, for each reason. Any thread may count. */
public final class DropCounters {
    private static final int REASONS = DropReason.values().length;

    private final AtomicLongArray counts = new AtomicLongArray(REASONS);

    public void count(DropReason reason) {
        counts.getAndIncrement(reason.ordinal());
    }

    /** Counts a packet and gives it back. */
    public void drop(PacketBuffer packet, DropReason reason) {
        count(reason);
        packet.release();
    }

    public long of(DropReason reason) {
        return counts.get(reason.ordinal());
    }

    public long total() {
        long total = 0;
        for (int i = 0; i < REASONS; i++) {
            total += counts.get(i);
        }
        return total;
    }
}
