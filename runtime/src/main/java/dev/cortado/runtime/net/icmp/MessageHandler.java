package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/** Who takes ICMPv6's messages of neighbour discovery and of group membership. */
public interface MessageHandler {
    /**
     * @param packet starts at the ICMP header, whose checksum is right; the caller's
     */
    void receive(PacketBuffer packet, int type, long now);
}
