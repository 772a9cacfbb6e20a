package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.ip.IpOutput;

/**
 * Tells the layers below that a connection gets on, so that they do not ask a neighbour whether it
 * is still there (RFC 4861, 7.3.1). Once a second is enough: what was told counts for fifteen at
 * least.
 */
final class ReachabilityHint {
    private static final long INTERVAL = 1_000_000_000L;

    private final IpOutput output;
    private final TableEntry addresses;
    private long nextAt;

    ReachabilityHint(IpOutput output, TableEntry addresses, long now) {
        this.output = output;
        this.addresses = addresses;
        nextAt = now;
    }

    /** The other side has acknowledged something new, or sent something new. */
    void progress(long now) {
        if (now - nextAt >= 0) {
            nextAt = now + INTERVAL;
            output.confirm(addresses.remoteHigh, addresses.remoteLow, now);
        }
    }
}
