package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.icmp.MessageHandler;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv6Extension;
import dev.cortado.runtime.net.wire.Ipv6Header;
import dev.cortado.runtime.net.wire.ListenerMessage;
import java.nio.ByteBuffer;

/** Multicast listener discovery (RFC 3810), and its first version (RFC 2710). */
final class ListenerDiscovery implements GroupProtocol, MessageHandler {
    private static final int VERSION = 2;

    /** With a hop-by-hop header for the router alert. */
    private static final int HEADER_BYTES = Ipv6Header.BYTES + 8;

    private final IpLayer ip;
    private final DropCounters drops;
    private final Reporters reporters;

    ListenerDiscovery(IpLayer ip, DropCounters drops, Reporters reporters) {
        this.ip = ip;
        this.drops = drops;
        this.reporters = reporters;
    }

    @Override
    public int reportType() {
        return Icmpv6Message.LISTENER_REPORT_2;
    }

    @Override
    public int addressBytes() {
        return ListenerMessage.ADDRESS_BYTES;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    /** RFC 3810, 8.2.1. */
    @Override
    public boolean isAgeToldByGroupQueries() {
        return true;
    }

    /** RFC 3810, 6: not all nodes, and nothing that stays within a node. */
    @Override
    public boolean isReported(long high, long low) {
        return Ipv6.multicastScope(high) > 1
                && !(high == Ipv6.ALL_NODES_HIGH && low == Ipv6.ALL_NODES_LOW);
    }

    @Override
    public void receive(PacketBuffer packet, int type, long now) {
        GroupReporter reporter = reporters.of(packet.info().interfaceIndex);
        DropReason refused =
                reporter == null
                        ? DropReason.GROUP_IGNORED
                        : switch (type) {
                            case Icmpv6Message.LISTENER_QUERY -> query(reporter, packet, now);
                            case Icmpv6Message.LISTENER_REPORT -> report(reporter, packet, now);
                            default -> DropReason.GROUP_IGNORED;
                        };
        if (refused != null) {
            drops.count(refused);
        }
    }

    /** RFC 3810, 5.1.14 and 6.2: what is not from a neighbour, for routers to look at, is none. */
    private static boolean isFine(PacketBuffer packet) {
        ByteBuffer bytes = packet.bytes();
        int header = packet.networkHeader();
        return packet.info().hopLimit == 1
                && packet.continuation() == null
                && packet.length() >= ListenerMessage.BYTES
                && Ipv6Header.nextHeader(bytes, header) == IpProtocol.HOP_BY_HOP
                && Ipv6Extension.hasRouterAlert(bytes, header + Ipv6Header.BYTES);
    }

    private static DropReason query(GroupReporter reporter, PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        PacketInfo info = packet.info();
        int version = ListenerMessage.queryVersion(packet.length());
        if (!isFine(packet) || version == 0 || !Ipv6.isLinkLocal(info.sourceHigh)) {
            return DropReason.GROUP_MALFORMED;
        }
        long high = ListenerMessage.groupHigh(bytes, at);
        long low = ListenerMessage.groupLow(bytes, at);
        boolean isGeneral = Ipv6.isUnspecified(high, low);
        // 5.1.15: one to an address of ours is one.
        boolean isToOthers =
                Ipv6.isMulticast(info.destinationHigh)
                        && !(info.destinationHigh == Ipv6.ALL_NODES_HIGH
                                && info.destinationLow == Ipv6.ALL_NODES_LOW);
        if (!isGeneral && !Ipv6.isMulticast(high)) {
            return DropReason.GROUP_MALFORMED;
        }
        if (isGeneral && isToOthers) {
            return DropReason.GROUP_IGNORED;
        }
        GroupQuery found =
                GroupQuery.read(
                        packet,
                        ListenerMessage.queryEnd(at),
                        ListenerMessage.ADDRESS_BYTES,
                        VERSION - version,
                        high,
                        low,
                        ListenerMessage.answerTime(bytes, at, version));
        if (found == null) {
            return DropReason.GROUP_MALFORMED;
        }
        reporter.queried(found, now);
        return null;
    }

    /** RFC 2710, 4, and RFC 3590, 4: routers do not hear one that is not from a neighbour. */
    private static DropReason report(GroupReporter reporter, PacketBuffer packet, long now) {
        if (!isFine(packet) || !Ipv6.isLinkLocal(packet.info().sourceHigh)) {
            return DropReason.GROUP_MALFORMED;
        }
        long high = ListenerMessage.groupHigh(packet.bytes(), packet.start());
        reporter.reported(high, ListenerMessage.groupLow(packet.bytes(), packet.start()), now);
        return null;
    }

    @Override
    public void send(PacketBuffer report, EthernetLink link, long now) {
        send(
                report,
                link,
                ListenerMessage.ALL_MLD2_ROUTERS_HIGH,
                ListenerMessage.ALL_MLD2_ROUTERS_LOW,
                now);
    }

    @Override
    public void sendOlder(
            EthernetLink link, int age, long high, long low, boolean isLeaving, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        int at = packet.append(ListenerMessage.BYTES);
        int type = isLeaving ? Icmpv6Message.LISTENER_DONE : Icmpv6Message.LISTENER_REPORT;
        ListenerMessage.write(packet.bytes(), at, type, high, low);
        send(
                packet,
                link,
                isLeaving ? Ipv6.ALL_ROUTERS_HIGH : high,
                isLeaving ? Ipv6.ALL_ROUTERS_LOW : low,
                now);
    }

    private void send(PacketBuffer packet, EthernetLink link, long high, long low, long now) {
        PacketInfo info = packet.info();
        info.protocol = IpProtocol.ICMPV6;
        info.interfaceIndex = link.index();
        info.destinationHigh = high;
        info.destinationLow = low;
        info.hopLimit = 1;
        fillSource(info, link);
        TransportChecksum.leave(packet, IpProtocol.ICMPV6, IcmpMessage.CHECKSUM);
        ip.sendOn(link, packet, true, now);
    }

    /** RFC 3810, 5.2.13: the link-local address, or none while that is not known to be ours. */
    private static void fillSource(PacketInfo info, EthernetLink link) {
        info.sourceHigh = 0;
        info.sourceLow = 0;
        for (InterfaceAddress address : link.addresses()) {
            if (Ipv6.isLinkLocal(address.high())
                    && address.state() != InterfaceAddress.State.TENTATIVE) {
                info.sourceHigh = address.high();
                info.sourceLow = address.low();
                return;
            }
        }
    }
}
