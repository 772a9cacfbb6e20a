package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.Ipv6;

/**
 * Paths that take less than they say (RFC 1191, 8201), and those that do not even say it (RFC 2923,
 * 2.1): when full segments get no answer again and again, smaller ones are tried, after RFC 4821,
 * 7.7.
 */
final class BlackHole {
    private static final int TIMEOUTS = 2;

    /** Payloads to fall back to: a tunnel's, and what RFC 791 makes every host take. */
    private static final int[] SMALLER = {1_300, 1_180, 968, 496};

    /** What every path takes of IPv6 (RFC 8200, 5), less headers and options. */
    private static final int LEAST_IPV6 = 1_180;

    /** How long to believe it before trying larger ones again (RFC 8201, 4). */
    private static final long LIFETIME = 600_000_000_000L;

    /** The same for the first time: the path may only have been away. A second one is believed. */
    private static final long FIRST_LIFETIME = 10_000_000_000L;

    private final TransmissionControlBlock tcb;
    private final PathSegments path;
    private long foundAt;
    private long lifetime = FIRST_LIFETIME;
    private boolean found;

    /** Timeouts one after the other, with nothing acknowledged between them. */
    private int timeouts;

    private long stuckAt = TransmissionControlBlock.NO_POSITION;

    BlackHole(TransmissionControlBlock tcb, PathSegments path) {
        this.tcb = tcb;
        this.path = path;
    }

    void timedOut(long now) {
        timeouts = tcb.unacknowledged == stuckAt ? timeouts + 1 : 1;
        stuckAt = tcb.unacknowledged;
        if (!tcb.state.isSynchronized()
                || timeouts < TIMEOUTS
                || tcb.recovery.end(0) - tcb.recovery.start(0) < tcb.segmentBytes) {
            return;
        }
        for (int smaller : SMALLER) {
            boolean ipv6 = !Ipv6.isMapped(tcb.addresses.remoteHigh, tcb.addresses.remoteLow);
            if (ipv6 && smaller < LEAST_IPV6) {
                return;
            }
            if (smaller < tcb.segmentBytes) {
                found = true;
                foundAt = now;
                limit(smaller + SegmentWriter.dataOptionBytes(tcb));
                return;
            }
        }
    }

    /**
     * ICMP has said what the path takes, to this connection or to another one.
     *
     * @return whether segments are smaller than before
     */
    boolean pathShrank(long now) {
        int before = tcb.segmentBytes;
        int bytes = path.bytes(now);
        if (bytes < tcb.pathSegmentBytes) {
            limit(bytes);
        }
        return tcb.segmentBytes < before;
    }

    private void limit(int bytes) {
        tcb.pathSegmentBytes = bytes;
        SynSent.setSegmentBytes(tcb);
        tcb.recovery.pathShrank();
    }

    void beforeSending(long now) {
        look(now);
        if (!found) {
            takePathBytes(now);
        }
    }

    /**
     * Tries larger segments again, also if there is never a pause; but not before small ones go.
     */
    void look(long now) {
        if (found && now - foundAt > lifetime && tcb.unacknowledged != stuckAt) {
            found = false;
            lifetime = LIFETIME;
            takePathBytes(now);
        }
    }

    private void takePathBytes(long now) {
        int bytes = path.bytes(now);
        if (bytes != tcb.pathSegmentBytes) {
            tcb.pathSegmentBytes = bytes;
            SynSent.setSegmentBytes(tcb);
        }
    }
}
