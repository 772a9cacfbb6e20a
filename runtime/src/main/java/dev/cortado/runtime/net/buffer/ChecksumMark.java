package dev.cortado.runtime.net.buffer;

/** What is known of a packet's transport checksum. */
public enum ChecksumMark {
    /** Nothing: who receives it computes it; on the way out it is in the packet already. */
    NONE,

    /** On the way in: the device has verified it, or no wire was crossed. */
    GOOD,

    /**
     * Left blank: the field holds the pseudo-header's sum, and the sum of everything from {@link
     * PacketBuffer#checksumStart} on is to be put there. On the way out a device does that; on the
     * way in the packet comes from a peer on the same machine, and counts as good.
     */
    BLANK
}
