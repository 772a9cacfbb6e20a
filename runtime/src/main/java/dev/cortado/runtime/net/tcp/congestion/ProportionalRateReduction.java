package dev.cortado.runtime.net.tcp.congestion;

/**
 * Proportional rate reduction (RFC 6937) with its slow start reduction bound: during a recovery,
 * the window goes down to the threshold in step with what arrives, instead of at once.
 */
public final class ProportionalRateReduction {
    private long delivered;
    private long out;
    private long flightAtStart;

    /**
     * @param flight RecoverFS: bytes from the first unacknowledged to the next new one
     */
    public void begin(long flight) {
        delivered = 0;
        out = 0;
        flightAtStart = Math.max(1, flight);
    }

    /**
     * An acknowledgement has come.
     *
     * @param arrived DeliveredData: bytes that it newly acknowledges, cumulatively or selectively
     * @param pipe bytes still under way
     * @param progress whether it moved the first unacknowledged byte and told of no further loss
     * @return the window now
     */
    public long acknowledged(
            long arrived, long pipe, long threshold, int segmentBytes, boolean progress) {
        delivered += arrived;
        long sendable;
        if (pipe > threshold) {
            sendable = (delivered * threshold + flightAtStart - 1) / flightAtStart - out;
        } else {
            long conservative = Math.max(0, delivered - out);
            long limit = progress ? Math.max(conservative, arrived) + segmentBytes : conservative;
            sendable = Math.min(threshold - pipe, limit);
        }
        // The retransmission that begins the recovery goes out in any case (RFC 6937, 3, note).
        long least = out == 0 ? segmentBytes : 0;
        return pipe + Math.max(least, sendable);
    }

    public void sent(long bytes) {
        out += bytes;
    }
}
