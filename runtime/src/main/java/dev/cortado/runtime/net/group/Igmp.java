package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.wire.IgmpMessage;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;

/** IGMP (RFC 3376), and its older versions (RFC 2236; RFC 1112, appendix I). */
final class Igmp implements GroupProtocol, Transport {
    private static final int VERSION = 3;

    /** With Router Alert. */
    private static final int HEADER_BYTES = Ipv4Header.BYTES + 4;

    /** RFC 3376, 4: Internetwork Control. */
    private static final int TYPE_OF_SERVICE = 0xc0;

    private final IpLayer ip;
    private final DropCounters drops;
    private final Reporters reporters;

    Igmp(IpLayer ip, DropCounters drops, Reporters reporters) {
        this.ip = ip;
        this.drops = drops;
        this.reporters = reporters;
    }

    @Override
    public int reportType() {
        return IgmpMessage.REPORT_3;
    }

    @Override
    public int addressBytes() {
        return IgmpMessage.ADDRESS_BYTES;
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    /** RFC 3376, 7.2.1: of version 2 only a general query does; of version 1 there is no other. */
    @Override
    public boolean isAgeToldByGroupQueries() {
        return false;
    }

    @Override
    public boolean isReported(long high, long low) {
        return (int) low != IgmpMessage.ALL_SYSTEMS;
    }

    @Override
    public void receive(PacketBuffer packet, long now) {
        DropReason refused = take(packet, now);
        if (refused != null) {
            drops.count(refused);
        }
        packet.release();
    }

    /** Says what was wrong with a message, or null. */
    private DropReason take(PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int length = packet.length();
        if (length < IgmpMessage.BYTES
                || packet.continuation() != null
                || !InternetChecksum.isRight(InternetChecksum.add(0, bytes, at, length))) {
            return DropReason.GROUP_MALFORMED;
        }
        GroupReporter reporter = reporters.of(packet.info().interfaceIndex);
        if (reporter == null) {
            return DropReason.GROUP_IGNORED;
        }
        return switch (IgmpMessage.type(bytes, at)) {
            case IgmpMessage.QUERY -> query(reporter, packet, now);
            case IgmpMessage.REPORT_1, IgmpMessage.REPORT_2 -> {
                reporter.reported(0, Ipv6.mappedLow(IgmpMessage.group(bytes, at)), now);
                yield null;
            }
            default -> DropReason.GROUP_IGNORED;
        };
    }

    /** RFC 3376, 7.1 and 9.1. */
    private static DropReason query(GroupReporter reporter, PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int version = IgmpMessage.queryVersion(bytes, at, packet.length());
        int group = IgmpMessage.group(bytes, at);
        boolean isGeneral = group == Ipv4.UNSPECIFIED;
        if (version == 0 || !isGeneral && !Ipv4.isMulticast(group)) {
            return DropReason.GROUP_MALFORMED;
        }
        // 4.1.12: one to an address of ours is one.
        boolean isToOthers =
                packet.info().linkBroadcast
                        && (int) packet.info().destinationLow != IgmpMessage.ALL_SYSTEMS;
        boolean isAlert = Ipv4Header.hasRouterAlert(bytes, packet.networkHeader());
        if (isGeneral && isToOthers || version > 1 && !isAlert) {
            return DropReason.GROUP_IGNORED;
        }
        GroupQuery found =
                GroupQuery.read(
                        packet,
                        IgmpMessage.queryEnd(at),
                        IgmpMessage.ADDRESS_BYTES,
                        VERSION - version,
                        0,
                        isGeneral ? 0 : Ipv6.mappedLow(group),
                        IgmpMessage.answerTime(bytes, at, version));
        if (found == null) {
            return DropReason.GROUP_MALFORMED;
        }
        reporter.queried(found, now);
        return null;
    }

    @Override
    public void send(PacketBuffer report, EthernetLink link, long now) {
        send(report, link, IgmpMessage.ALL_IGMP3_ROUTERS, now);
    }

    @Override
    public void sendOlder(
            EthernetLink link, int age, long high, long low, boolean isLeaving, long now) {
        boolean isOldest = age == QuerierAge.OLDEST;
        if (isOldest && isLeaving) {
            return; // IGMPv1 has no message for that
        }
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        int type =
                isLeaving
                        ? IgmpMessage.LEAVE_2
                        : isOldest ? IgmpMessage.REPORT_1 : IgmpMessage.REPORT_2;
        IgmpMessage.write(packet.bytes(), packet.append(IgmpMessage.BYTES), type, (int) low);
        send(packet, link, isLeaving ? IgmpMessage.ALL_ROUTERS : (int) low, now);
    }

    private void send(PacketBuffer packet, EthernetLink link, int destination, long now) {
        IgmpMessage.sum(packet.bytes(), packet.start(), packet.length());
        PacketInfo info = packet.info();
        info.protocol = IpProtocol.IGMP;
        info.interfaceIndex = link.index();
        info.sourceHigh = 0;
        info.sourceLow = Ipv6.mappedLow(source(link));
        info.destinationHigh = 0;
        info.destinationLow = Ipv6.mappedLow(destination);
        info.hopLimit = 1;
        info.trafficClass = TYPE_OF_SERVICE;
        info.notToSelf = true;
        ip.send(packet, now);
    }

    /** RFC 3376, 4.2.13: none if there is none yet. */
    private static int source(EthernetLink link) {
        for (InterfaceAddress address : link.addresses()) {
            if (address.isIpv4()) {
                return address.ipv4();
            }
        }
        return Ipv4.UNSPECIFIED;
    }

    /** Of what was sent nothing is remembered. */
    @Override
    public boolean hasSent(PacketBuffer quoted) {
        return false;
    }

    @Override
    public void error(PacketError error, PacketBuffer quoted, int mtu, long now) {
        drops.count(DropReason.ICMP_IGNORED);
    }
}
