package dev.cortado.runtime.net.ip;

/** What became of a packet that was to be sent. */
public enum SendResult {
    /** It is on its way, or waits for a neighbour's address. */
    SENT,

    /** There is no way to its destination: ENETUNREACH. */
    NO_ROUTE,

    /** We have no such address, or none that fits the destination: EADDRNOTAVAIL. */
    NO_SOURCE,

    /** Longer than the way takes, and not to be fragmented: EMSGSIZE. */
    TOO_BIG,

    /** The device's queue, a neighbour's or the pool was full; later there may be room: ENOBUFS. */
    FULL,

    /** The interface is down: ENETDOWN. */
    DOWN
}
