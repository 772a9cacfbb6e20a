package dev.cortado.runtime.net.tcp.sequence;

import dev.cortado.runtime.net.random.EphemeralPorts;
import dev.cortado.runtime.net.random.SipHash;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntPredicate;

/**
 * RFC 6056, 3.3.4, "double-hash port selection": the order of ports towards one destination starts
 * at a place that only we know, and connections elsewhere move it on rarely. So a port comes back
 * late, and nobody who sees one can tell the next.
 */
public final class DoubleHashPorts {
    public static final int NONE = -1;
    private static final int COUNT = EphemeralPorts.LAST - EphemeralPorts.FIRST + 1;
    private static final int COUNTERS = 256;

    private final SipHash offsets;
    private final SipHash indices;
    private final AtomicIntegerArray counters = new AtomicIntegerArray(COUNTERS);

    public DoubleHashPorts(SipHash offsets, SipHash indices) {
        this.offsets = offsets;
        this.indices = indices;
    }

    /**
     * The next port towards a destination that {@code isFree} accepts, or {@link #NONE} if it has
     * refused each.
     *
     * @param localHigh local address
     * @param localLow see above
     * @param remoteHigh destination
     * @param remoteLow see above
     * @param remotePort its port
     */
    public int next(
            long localHigh,
            long localLow,
            long remoteHigh,
            long remoteLow,
            int remotePort,
            IntPredicate isFree) {
        int offset = (int) offsets.hash(localHigh, localLow, remoteHigh, remoteLow, remotePort);
        int index =
                (int) indices.hash(localHigh, localLow, remoteHigh, remoteLow, remotePort)
                        & COUNTERS - 1;
        for (int i = 0; i < COUNT; i++) {
            int counter = counters.getAndIncrement(index);
            int port = EphemeralPorts.FIRST + Integer.remainderUnsigned(offset + counter, COUNT);
            if (isFree.test(port)) {
                return port;
            }
        }
        return NONE;
    }
}
