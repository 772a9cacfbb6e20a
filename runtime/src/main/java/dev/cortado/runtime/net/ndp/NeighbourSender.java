package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.NeighbourMessage;

/** The messages of neighbour discovery that we send. */
final class NeighbourSender {
    private static final int HOP_LIMIT = 255;

    private final IpLayer ip;
    private final DropCounters drops;

    NeighbourSender(IpLayer ip, DropCounters drops) {
        this.ip = ip;
        this.drops = drops;
    }

    /**
     * Asks for a neighbour's MAC address (RFC 4861, 7.2.2).
     *
     * @param isKnown whether to ask the neighbour alone, if it is still there
     */
    void solicitation(EthernetLink link, long high, long low, boolean isKnown, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        PacketInfo info = packet.info();
        info.destinationHigh = high;
        info.destinationLow = low;
        info.interfaceIndex = link.index();
        if (ip.selectSource(info) != SendResult.SENT) {
            drops.drop(packet, DropReason.IP_NO_SOURCE);
            return;
        }
        if (!isKnown) {
            info.destinationHigh = Ipv6.SOLICITED_NODE_HIGH;
            info.destinationLow = Ipv6.solicitedNodeLow(low);
        }
        neighbour(
                packet,
                Icmpv6Message.NEIGHBOUR_SOLICITATION,
                0,
                high,
                low,
                NeighbourMessage.OPTION_SOURCE_LINK_ADDRESS,
                link);
        send(link, packet, now);
    }

    /** Asks whether somebody has an address (RFC 4862, 5.4.2). */
    void probe(EthernetLink link, long high, long low, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        packet.info().destinationHigh = Ipv6.SOLICITED_NODE_HIGH;
        packet.info().destinationLow = Ipv6.solicitedNodeLow(low);
        neighbour(packet, Icmpv6Message.NEIGHBOUR_SOLICITATION, 0, high, low, 0, link);
        send(link, packet, now);
    }

    /** Says that we have an address (RFC 4861, 7.2.4 and 7.2.6). */
    void advertisement(
            EthernetLink link, long high, long low, long toHigh, long toLow, int flags, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        PacketInfo info = packet.info();
        info.sourceHigh = high;
        info.sourceLow = low;
        info.destinationHigh = toHigh;
        info.destinationLow = toLow;
        neighbour(
                packet,
                Icmpv6Message.NEIGHBOUR_ADVERTISEMENT,
                flags | NeighbourMessage.OVERRIDE,
                high,
                low,
                NeighbourMessage.OPTION_TARGET_LINK_ADDRESS,
                link);
        send(link, packet, now);
    }

    /** Asks for routers (RFC 4861, 6.3.7). */
    void routerSolicitation(EthernetLink link, long sourceHigh, long sourceLow, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        PacketInfo info = packet.info();
        info.sourceHigh = sourceHigh;
        info.sourceLow = sourceLow;
        info.destinationHigh = Ipv6.ALL_ROUTERS_HIGH;
        info.destinationLow = Ipv6.ALL_ROUTERS_LOW;
        int at = packet.append(NeighbourMessage.ROUTER_SOLICITATION_BYTES);
        IcmpMessage.write(packet.bytes(), at, Icmpv6Message.ROUTER_SOLICITATION, 0, 0);
        option(packet, NeighbourMessage.OPTION_SOURCE_LINK_ADDRESS, link);
        send(link, packet, now);
    }

    private static void neighbour(
            PacketBuffer packet,
            int type,
            int flags,
            long high,
            long low,
            int option,
            EthernetLink link) {
        int at = packet.append(NeighbourMessage.NEIGHBOUR_BYTES);
        IcmpMessage.write(packet.bytes(), at, type, 0, flags);
        NeighbourMessage.setTarget(packet.bytes(), at, high, low);
        if (option != 0) {
            option(packet, option, link);
        }
    }

    private static void option(PacketBuffer packet, int kind, EthernetLink link) {
        int at = packet.append(NeighbourMessage.LINK_ADDRESS_BYTES);
        NeighbourMessage.writeLinkAddress(packet.bytes(), at, kind, link.macAddress());
    }

    private void send(EthernetLink link, PacketBuffer packet, long now) {
        packet.info().protocol = IpProtocol.ICMPV6;
        packet.info().hopLimit = HOP_LIMIT;
        TransportChecksum.leave(packet, IpProtocol.ICMPV6, IcmpMessage.CHECKSUM);
        ip.sendOn(link, packet, false, now);
    }
}
