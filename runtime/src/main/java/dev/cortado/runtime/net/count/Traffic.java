package dev.cortado.runtime.net.count;

/**
 * What is known of what goes through an interface. A packet that the device cuts, or has put
 * together of several, is one; bytes are with the link's header.
 */
public enum Traffic {
    RECEIVED_PACKETS,
    RECEIVED_BYTES,

    /** Packets that made no sense to the driver. */
    RECEIVED_BAD,

    /** Packets that the device has taken to send. */
    SENT_PACKETS,

    SENT_BYTES,

    /** Packets that the device, or the queue before it, has not taken or has lost. */
    SENT_DROPPED,

    /** Not a count but how many packets wait now, in the device's queue and before it. */
    SENT_WAITING
}
