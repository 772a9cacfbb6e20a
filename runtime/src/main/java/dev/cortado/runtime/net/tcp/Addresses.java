package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;

/** A pair of addresses and ports, of which nothing else is known. Never in the table. */
final class Addresses extends TableEntry {
    /** Those of a packet that came in. */
    Addresses(PacketInfo info) {
        super(
                info.destinationHigh,
                info.destinationLow,
                info.destinationPort,
                info.sourceHigh,
                info.sourceLow,
                info.sourcePort);
    }

    Addresses(
            long localHigh,
            long localLow,
            int localPort,
            long remoteHigh,
            long remoteLow,
            int remotePort) {
        super(localHigh, localLow, localPort, remoteHigh, remoteLow, remotePort);
    }

    @Override
    boolean arrived(PacketBuffer packet, long now) {
        return false;
    }
}
