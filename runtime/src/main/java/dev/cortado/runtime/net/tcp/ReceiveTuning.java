package dev.cortado.runtime.net.tcp;

/**
 * Dynamic right-sizing (Fisk and Feng 2001): the receive buffer is to hold twice what the program
 * reads in a round trip, so that the window never is what limits the other side. A receiver that
 * sends nothing measures the round trip by the timestamps that come back, or else by how long a
 * window takes to be filled.
 */
final class ReceiveTuning {
    private final TransmissionControlBlock tcb;
    private long roundTrip;
    private long windowEnd;
    private long windowAt;
    private long spaceStart;
    private long spaceAt;

    ReceiveTuning(TransmissionControlBlock tcb) {
        this.tcb = tcb;
    }

    /** Data has come in its turn. */
    void arrived(IncomingSegment segment, long now) {
        if (tcb.timestamps && segment.options.hasTimestamps()) {
            int age = tcb.timestamp(now) - segment.options.timestampEcho();
            if (segment.options.timestampEcho() != 0
                    && age >= 0
                    && age < 60_000
                    && segment.payloadLength >= tcb.receiveSegmentBytes) {
                measured(Math.max(1, age) * 1_000_000L);
            }
        } else if (windowAt == 0) {
            beginWindow(now);
        } else if (tcb.receiveNext >= windowEnd) {
            measured(now - windowAt);
            beginWindow(now);
        }
    }

    private void beginWindow(long now) {
        windowAt = now;
        windowEnd = tcb.receiveNext + tcb.receiveWindow();
    }

    private void measured(long sample) {
        // The smallest counts, slowly forgotten: delays of the sender are none of the path's.
        roundTrip = roundTrip == 0 || sample < roundTrip ? sample : roundTrip + roundTrip / 64;
    }

    /** The program has read. */
    void read(long now) {
        long position = tcb.receive.start();
        if (spaceAt == 0) {
            spaceAt = now;
            spaceStart = position;
            return;
        }
        if (roundTrip == 0 || now - spaceAt < roundTrip) {
            return;
        }
        long copied = position - spaceStart;
        int limit = tcb.receive.limit();
        if (!tcb.receiveBufferIsFixed && 2 * copied > limit && !tcb.pool.isScarce()) {
            long wanted = Math.min(tcb.settings.maximumReceiveBuffer, 2 * copied + limit / 4);
            tcb.receive.setLimit((int) Math.max(limit, wanted));
        }
        spaceAt = now;
        spaceStart = position;
    }
}
