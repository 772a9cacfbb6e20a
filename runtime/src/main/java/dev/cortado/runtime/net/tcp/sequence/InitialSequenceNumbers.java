package dev.cortado.runtime.net.tcp.sequence;

import dev.cortado.runtime.net.random.SipHash;

/**
 * RFC 6528: ISN = M + F(connection, secret), where M goes up every 4 microseconds. Numbers of one
 * pair of addresses and ports grow, so that an old duplicate is told from a new connection's
 * segment; those of another pair say nothing about them.
 */
public final class InitialSequenceNumbers {
    private static final long NANOSECONDS_PER_TICK = 4_000;

    private final SipHash hash;

    public InitialSequenceNumbers(SipHash hash) {
        this.hash = hash;
    }

    /**
     * @param now nanoseconds
     * @param ports the local one in the upper, the remote one in the lower 16 bits
     */
    public int next(
            long now, long localHigh, long localLow, long remoteHigh, long remoteLow, int ports) {
        long place = hash.hash(localHigh, localLow, remoteHigh, remoteLow, ports);
        return (int) (now / NANOSECONDS_PER_TICK) + (int) place;
    }
}
