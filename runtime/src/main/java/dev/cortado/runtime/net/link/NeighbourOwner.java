package dev.cortado.runtime.net.link;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/** What a table of neighbours needs of the link and of the protocol that asks for addresses. */
interface NeighbourOwner {
    /**
     * Asks who has an address. Called under the table's lock.
     *
     * @param mac whom to ask; {@link NeighbourTable#UNKNOWN} is everybody
     */
    void solicit(long high, long low, long mac, long now);

    /** Sends a packet to a MAC address. Called under the table's lock. */
    TransmitResult transmit(PacketBuffer packet, long mac);

    /** A neighbour has not answered, and nothing is known of it any more. Called without a lock. */
    void lost(long high, long low);

    /** A packet whose neighbour has not answered; the owner's from now on. */
    void unreachable(PacketBuffer packet, long now);
}
