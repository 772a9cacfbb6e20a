package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/** A protocol over a link: IPv4 or IPv6. */
public interface LinkProtocol {
    /**
     * A packet that starts at the protocol's header; behind its end there may have been padding.
     *
     * @param packet the protocol's from now on
     */
    void receive(Link link, PacketBuffer packet, long now);

    /**
     * A packet that was to be sent, whose neighbour does not answer.
     *
     * @param packet starts at the protocol's header; the protocol's from now on
     */
    void unreachable(Link link, PacketBuffer packet, long now);
}
