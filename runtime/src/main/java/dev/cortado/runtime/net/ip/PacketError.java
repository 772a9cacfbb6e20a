package dev.cortado.runtime.net.ip;

/** What ICMP says of a packet that we sent (RFC 1122, 3.2.2; RFC 4443, 3). */
public enum PacketError {
    NETWORK_UNREACHABLE,
    HOST_UNREACHABLE,
    PROTOCOL_UNREACHABLE,
    PORT_UNREACHABLE,

    /** A filter on the way. */
    PROHIBITED,

    /** Longer than the next link takes: fragmentation needed, or packet too big. */
    TOO_BIG,

    TIME_EXCEEDED,
    PARAMETER_PROBLEM
}
