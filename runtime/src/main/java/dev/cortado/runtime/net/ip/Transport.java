package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/**
 * A protocol over IP. Called by the thread of the receive queue that a packet came from, of which
 * there may be several, and without any lock of the layers below.
 */
public interface Transport {
    /**
     * A packet for one of our addresses, or for a group that we are in. Its start is at the
     * transport's header; its info has the addresses, the hop limit and the traffic class, and the
     * interface it came from. Its checksum has not been looked at.
     *
     * @param packet the transport's from now on
     */
    void receive(PacketBuffer packet, long now);

    /**
     * Whether a packet that ICMP quotes is one that we may have sent and that still matters (RFC
     * 5927, 4): only then the path MTU that comes with it is believed.
     *
     * @param quoted as {@link #error}'s
     */
    boolean hasSent(PacketBuffer quoted);

    /**
     * Somebody says by ICMP that a packet of ours did not get there. Nobody vouches for that: the
     * transport checks that the quoted header is of something it has sent (RFC 5927, 4).
     *
     * @param quoted starts at the quoted transport header, of which there are 8 bytes at least; its
     *     info has the quoted addresses, the source being ours. The caller's
     * @param mtu of the path that {@link PacketError#TOO_BIG} is about, as it was checked by the IP
     *     layer; else 0
     */
    void error(PacketError error, PacketBuffer quoted, int mtu, long now);
}
