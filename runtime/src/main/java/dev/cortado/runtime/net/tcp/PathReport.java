package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.tcp.recovery.Phase;

/**
 * What a connection knows of its path. Bytes and nanoseconds.
 *
 * @param slowStartThreshold 2^30 while nothing was lost
 * @param underWay what is taken to be in the network
 */
public record PathReport(
        String congestionControl,
        Phase phase,
        long congestionWindow,
        long slowStartThreshold,
        long underWay,
        long sendWindow,
        long receiveWindow,
        int segmentBytes,
        long smoothedRoundTrip,
        long retransmissionTimeout) {

    static PathReport of(TransmissionControlBlock tcb) {
        return new PathReport(
                tcb.congestion.name(),
                tcb.recovery.phase(),
                tcb.congestion.window(),
                tcb.congestion.threshold(),
                tcb.recovery.pipe(),
                tcb.sendWindow,
                tcb.receiveWindow(),
                tcb.segmentBytes,
                tcb.roundTripTime.smoothed(),
                tcb.roundTripTime.timeout());
    }
}
