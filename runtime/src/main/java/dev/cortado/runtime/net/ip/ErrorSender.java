package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/**
 * Who tells senders by ICMP what became of their packets. A packet that it is given stays the
 * caller's; its {@link PacketBuffer#networkHeader} is where the IP header lies, before or at its
 * start, and its info has the addresses. Whether an error may be sent about it, and how many, is
 * the sender's affair.
 */
public interface ErrorSender {
    void unreachable(PacketBuffer packet, PacketError error, long now);

    /** Fragments of the packet, of which this is the first, are missing. */
    void reassemblyTimeExceeded(PacketBuffer packet, long now);

    /**
     * Of IPv6 (RFC 4443, 3.4).
     *
     * @param pointer offset from the IP header of what is wrong
     * @param isMulticastFine whether to tell even if the packet went to a group
     */
    void parameterProblem(
            PacketBuffer packet, int code, int pointer, boolean isMulticastFine, long now);
}
