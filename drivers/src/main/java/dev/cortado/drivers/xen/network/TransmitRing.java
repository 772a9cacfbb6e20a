package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.drivers.network.Segmentation;
import dev.cortado.drivers.network.SentPackets;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.FrontRing;

/**
 * Packets on their way to a backend (public/io/netif.h, "Guest transmit"): one request a part, the
 * first one with the packet's length, and extra information behind it if the packet is to be cut.
 * For one thread at a time.
 */
final class TransmitRing {
    /** XEN_NETIF_NR_SLOTS_MIN: so many every backend takes. */
    static final int MOST_PARTS = 18;

    private static final int NOBODY = -1;

    private final FrontRing ring;
    private final NetworkMessages messages;
    private final BufferGrants grants;
    private final SentPackets packets;

    /** By id of a request: the packet's number; by that: its requests without a response. */
    private final int[] packetOf;

    private final int[] left;
    private final int[] freeIds;
    private int free;

    /** Requests of extra information without a response. */
    private int extras;

    TransmitRing(
            FrontRing ring, NetworkMessages messages, BufferGrants grants, SentPackets packets) {
        this.ring = ring;
        this.messages = messages;
        this.grants = grants;
        this.packets = packets;
        packetOf = new int[ring.size()];
        freeIds = new int[ring.size()];
        left = new int[ring.size()];
        for (int i = ring.size() - 1; i >= 0; i--) {
            packetOf[i] = NOBODY;
            freeIds[free++] = i;
        }
    }

    FrontRing ring() {
        return ring;
    }

    boolean hasRoom(int parts) {
        return packets.room() > 0 && ring.room() > parts; // and one for extra information
    }

    /** Whether all parts of a packet have a grant. */
    boolean canGrant(NetworkBuffer packet) {
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            if (grants.of(part) == BackendAccess.NONE) {
                return false;
            }
        }
        return true;
    }

    /** Writes the requests of a packet that was {@linkplain PacketCheck checked}. */
    void add(NetworkBuffer packet) {
        int number = packets.add(packet);
        boolean cut = packet.segmentation() != Segmentation.NONE;
        boolean unsummed = packet.checksumStart() != NetworkBuffer.NO_CHECKSUM;
        int flags = unsummed ? NetworkMessages.TX_CSUM_BLANK : 0;
        flags |= unsummed ? NetworkMessages.TX_DATA_VALIDATED : 0;
        flags |= cut ? NetworkMessages.TX_EXTRA_INFO : 0;
        int size = packet.packetLength();
        left[number] = 0;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            int id = freeIds[--free];
            packetOf[id] = number;
            left[number]++;
            flags |= part.next() != null ? NetworkMessages.TX_MORE_DATA : 0;
            messages.transmit(ring.nextRequest(), grants.of(part), part.offset(), flags, id, size);
            if (part == packet && cut) {
                boolean four = packet.segmentation() == Segmentation.TCP4;
                int kind = four ? NetworkMessages.GSO_TCPV4 : NetworkMessages.GSO_TCPV6;
                messages.segmentation(ring.nextRequest(), kind, packet.segmentSize());
                extras++;
            }
            flags = 0;
            size = part.next() == null ? 0 : part.next().length();
        }
    }

    /** Takes what the backend has sent, or could not send: that is lost, as on any wire. */
    void reclaim() throws CorruptRingException {
        for (int count = ring.available(); count > 0; count--) {
            int response = messages.transmitted(ring.nextResponse());
            int status = NetworkMessages.transmittedStatus(response);
            if (status == NetworkMessages.STATUS_NULL) {
                if (extras == 0) {
                    throw new CorruptRingException("the backend answers what was not asked");
                }
                extras--;
                continue;
            }
            int id = NetworkMessages.transmittedId(response);
            if (id >= packetOf.length || packetOf[id] == NOBODY) {
                throw new CorruptRingException(
                        "the backend has sent packet " + id + ", which there is not");
            }
            int number = packetOf[id];
            packetOf[id] = NOBODY;
            freeIds[free++] = id;
            if (--left[number] == 0) {
                packets.sent(number);
            }
        }
    }
}
