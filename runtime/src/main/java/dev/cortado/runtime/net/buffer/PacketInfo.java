package dev.cortado.runtime.net.buffer;

/**
 * What the layers tell each other about a packet. Addresses are two longs in network order; an IPv4
 * address is the IPv4-mapped one (RFC 4291, 2.5.5.2), so that nothing above IP has two of
 * everything. Plain fields: a packet has one owner at a time.
 */
public final class PacketInfo {
    public long sourceHigh;
    public long sourceLow;
    public long destinationHigh;
    public long destinationLow;

    /** Ports of UDP and TCP, for who has read them. */
    public int sourcePort;

    public int destinationPort;

    /** Protocol or next header (IANA, Protocol Numbers). */
    public int protocol;

    /** TTL or hop limit; on the way out 0 is the default one. */
    public int hopLimit;

    /** Type of service or traffic class: DSCP, and ECN in the two low bits (RFC 3168, 5). */
    public int trafficClass;

    /** On the way out, RFC 791's "don't fragment": then what is too big is refused. */
    public boolean dontFragment;

    /** On the way out to a group, that we do not hear it ourselves. */
    public boolean notToSelf;

    /** Whether it came to, or goes to, a broadcast or multicast address of the link. */
    public boolean linkBroadcast;

    /** Number of the interface that it came from, or has to leave by; 0 is any. */
    public int interfaceIndex;

    /** When it came in, nanoseconds of the stack's clock. */
    public long arrival;

    void clear() {
        sourceHigh = 0;
        sourceLow = 0;
        destinationHigh = 0;
        destinationLow = 0;
        sourcePort = 0;
        destinationPort = 0;
        protocol = 0;
        hopLimit = 0;
        trafficClass = 0;
        dontFragment = false;
        notToSelf = false;
        linkBroadcast = false;
        interfaceIndex = 0;
        arrival = 0;
    }

    /** Takes over everything of another one. */
    public void copy(PacketInfo from) {
        sourceHigh = from.sourceHigh;
        sourceLow = from.sourceLow;
        destinationHigh = from.destinationHigh;
        destinationLow = from.destinationLow;
        sourcePort = from.sourcePort;
        destinationPort = from.destinationPort;
        protocol = from.protocol;
        hopLimit = from.hopLimit;
        trafficClass = from.trafficClass;
        dontFragment = from.dontFragment;
        notToSelf = from.notToSelf;
        linkBroadcast = from.linkBroadcast;
        interfaceIndex = from.interfaceIndex;
        arrival = from.arrival;
    }

    /** Makes this the way back of another packet: its addresses and ports, exchanged. */
    public void reply(PacketInfo to) {
        clear();
        sourceHigh = to.destinationHigh;
        sourceLow = to.destinationLow;
        destinationHigh = to.sourceHigh;
        destinationLow = to.sourceLow;
        sourcePort = to.destinationPort;
        destinationPort = to.sourcePort;
        protocol = to.protocol;
    }
}
