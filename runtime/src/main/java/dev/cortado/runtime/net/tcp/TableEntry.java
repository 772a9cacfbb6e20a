package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;

/**
 * Something with a pair of addresses and ports: a connection, one that is half open, or one in
 * TIME-WAIT. Addresses as in {@link PacketInfo}.
 */
abstract class TableEntry {
    final long localHigh;
    final long localLow;
    final long remoteHigh;
    final long remoteLow;
    final int localPort;
    final int remotePort;

    /** The table's. */
    TableEntry nextInBucket;

    boolean isInTable;

    TableEntry(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.localPort = localPort;
        this.remoteHigh = remoteHigh;
        this.remoteLow = remoteLow;
        this.remotePort = remotePort;
    }

    TableEntry(TableEntry other) {
        this(
                other.localHigh,
                other.localLow,
                other.localPort,
                other.remoteHigh,
                other.remoteLow,
                other.remotePort);
    }

    /**
     * A segment has come. Called without any lock.
     *
     * @param packet starts at TCP's header, which was checked; the callee's, unless it says no
     * @return false if it no longer stands for this pair: to be looked up again
     */
    abstract boolean arrived(PacketBuffer packet, long now);

    final boolean is(
            long otherLocalHigh,
            long otherLocalLow,
            int otherLocalPort,
            long otherRemoteHigh,
            long otherRemoteLow,
            int otherRemotePort) {
        return remotePort == otherRemotePort
                && localPort == otherLocalPort
                && remoteLow == otherRemoteLow
                && localLow == otherLocalLow
                && remoteHigh == otherRemoteHigh
                && localHigh == otherLocalHigh;
    }

    /**
     * Addresses a packet to the other side. No segment is fragmented: we know the path's MTU (RFC
     * 1191), and a whole packet needs no number of IPv4's, from which others would learn how much
     * we send (RFC 6864, 4.1).
     */
    final void address(PacketInfo info) {
        info.sourceHigh = localHigh;
        info.sourceLow = localLow;
        info.sourcePort = localPort;
        info.destinationHigh = remoteHigh;
        info.destinationLow = remoteLow;
        info.destinationPort = remotePort;
        info.dontFragment = true;
    }
}
