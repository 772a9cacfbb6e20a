package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.time.Timer;

/** A neighbour on a link. Its fields are its table's, under the table's lock. */
final class Neighbour extends Timer {
    /** RFC 4861, 7.3.2. */
    enum State {
        /** Asked for, and not heard of yet. */
        INCOMPLETE,

        /** Heard of lately. */
        REACHABLE,

        /** Not heard of for a while, which does not matter as long as nothing is sent there. */
        STALE,

        /** Something was sent; what comes back may say soon that it is reachable. */
        DELAY,

        /** Asked whether it is still there. */
        PROBE,

        /** In no table any more. */
        GONE
    }

    final NeighbourTable table;
    final long high;
    final long low;
    final PacketQueue waiting = new PacketQueue();

    State state = State.INCOMPLETE;
    long mac;
    boolean isRouter;
    int asked;
    long used;

    /** The next one in the same place of the table. */
    Neighbour nextInBucket;

    Neighbour(NeighbourTable table, long high, long low) {
        this.table = table;
        this.high = high;
        this.low = low;
    }

    @Override
    protected void expired(long now) {
        table.expired(this, now);
    }
}
