package dev.cortado.runtime.net.link;

/** What a link did with a packet, which is no longer the caller's in any case. */
public enum TransmitResult {
    /** Sent, or kept until the neighbour's address is known. */
    SENT,

    /** No room; counted. */
    FULL,

    /** The link is down; counted. */
    DOWN
}
