package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv6Extension;
import dev.cortado.runtime.net.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** ICMP for IPv6 (RFC 4443). */
public final class Icmpv6 implements Transport {
    /** Most extension headers of a quoted packet that are walked over. */
    private static final int EXTENSIONS = 8;

    private final IpLayer ip;
    private final Echo echo;
    private final DropCounters drops;
    private final QuotedPackets quotedPackets;
    private volatile MessageHandler discovery;
    private volatile MessageHandler membership;

    public Icmpv6(IpLayer ip, Echo echo, DropCounters drops) {
        this.ip = ip;
        this.echo = echo;
        this.drops = drops;
        quotedPackets = new QuotedPackets(ip, drops);
    }

    /** Says who takes neighbour discovery's messages. */
    public void setDiscovery(MessageHandler handler) {
        discovery = handler;
    }

    /** Says who takes multicast listener discovery's messages. */
    public void setMembership(MessageHandler handler) {
        membership = handler;
    }

    @Override
    public void receive(PacketBuffer packet, long now) {
        if (!IcmpMessage.check(packet.length())) {
            drops.drop(packet, DropReason.ICMP_MALFORMED);
            return;
        }
        if (!TransportChecksum.isRight(packet, IpProtocol.ICMPV6, packet.totalLength())) {
            drops.drop(packet, DropReason.ICMP_CHECKSUM);
            return;
        }
        int type = IcmpMessage.type(packet.bytes(), packet.start());
        switch (type) {
            case Icmpv6Message.ECHO_REQUEST -> echo.answer(packet, false, now);
            case Icmpv6Message.ECHO_REPLY -> echo.reply(packet, now);
            case Icmpv6Message.DESTINATION_UNREACHABLE,
                    Icmpv6Message.PACKET_TOO_BIG,
                    Icmpv6Message.TIME_EXCEEDED,
                    Icmpv6Message.PARAMETER_PROBLEM ->
                    quoted(packet, type, now);
            case Icmpv6Message.ROUTER_SOLICITATION,
                    Icmpv6Message.ROUTER_ADVERTISEMENT,
                    Icmpv6Message.NEIGHBOUR_SOLICITATION,
                    Icmpv6Message.NEIGHBOUR_ADVERTISEMENT,
                    Icmpv6Message.REDIRECT ->
                    handle(discovery, packet, type, now);
            case Icmpv6Message.LISTENER_QUERY,
                    Icmpv6Message.LISTENER_REPORT,
                    Icmpv6Message.LISTENER_DONE,
                    Icmpv6Message.LISTENER_REPORT_2 ->
                    handle(membership, packet, type, now);
            default -> drops.drop(packet, DropReason.ICMP_IGNORED);
        }
    }

    private void handle(MessageHandler handler, PacketBuffer packet, int type, long now) {
        if (handler == null) {
            drops.count(DropReason.ICMP_IGNORED);
        } else {
            handler.receive(packet, type, now);
        }
        packet.release();
    }

    private void quoted(PacketBuffer packet, int type, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        PacketError error = kind(type, IcmpMessage.code(bytes, at));
        int mtu = IcmpMessage.parameter(bytes, at);
        int header = packet.pull(IcmpMessage.HEADER_BYTES);
        if (error == null || !Ipv6Header.check(bytes, header, packet.length())) {
            drops.drop(packet, DropReason.ICMP_MALFORMED);
            return;
        }
        PacketInfo info = packet.info();
        info.sourceHigh = Ipv6Header.sourceHigh(bytes, header);
        info.sourceLow = Ipv6Header.sourceLow(bytes, header);
        info.destinationHigh = Ipv6Header.destinationHigh(bytes, header);
        info.destinationLow = Ipv6Header.destinationLow(bytes, header);
        packet.pull(Ipv6Header.BYTES);
        info.protocol = toTransport(packet, Ipv6Header.nextHeader(bytes, header));
        Transport transport = info.protocol < 0 ? null : ip.transport(info.protocol);
        if (transport == null
                || packet.length() < 8
                || !ip.links().isOurs(info.sourceHigh, info.sourceLow)) {
            drops.drop(packet, DropReason.ICMP_IGNORED);
            return;
        }
        quotedPackets.tell(
                transport,
                error,
                packet,
                mtu < 0 ? Integer.MAX_VALUE : mtu,
                Ipv6Header.BYTES + Ipv6Header.payloadLength(bytes, header),
                now);
    }

    /** Pulls extension headers off; the transport's number, or -1 if it cannot be got at. */
    private static int toTransport(PacketBuffer packet, int first) {
        int kind = first;
        for (int i = 0; i < EXTENSIONS; i++) {
            ByteBuffer bytes = packet.bytes();
            int at = packet.start();
            if (kind == IpProtocol.FRAGMENT && packet.length() >= Ipv6Extension.FRAGMENT_BYTES) {
                if (Ipv6Extension.fragmentOffset(bytes, at) != 0) {
                    return -1;
                }
                kind = Ipv6Extension.nextHeader(bytes, at);
                packet.pull(Ipv6Extension.FRAGMENT_BYTES);
            } else if (Ipv6Extension.hasLength(kind)
                    && Ipv6Extension.check(bytes, at, packet.length())) {
                kind = Ipv6Extension.nextHeader(bytes, at);
                packet.pull(Ipv6Extension.length(bytes, at));
            } else {
                return kind;
            }
        }
        return -1;
    }

    private static PacketError kind(int type, int code) {
        return switch (type) {
            case Icmpv6Message.PACKET_TOO_BIG -> PacketError.TOO_BIG;
            case Icmpv6Message.TIME_EXCEEDED -> PacketError.TIME_EXCEEDED;
            case Icmpv6Message.PARAMETER_PROBLEM ->
                    code == Icmpv6Message.NEXT_HEADER
                            ? PacketError.PROTOCOL_UNREACHABLE
                            : PacketError.PARAMETER_PROBLEM;
            default ->
                    switch (code) {
                        case Icmpv6Message.NO_ROUTE, Icmpv6Message.BEYOND_SCOPE ->
                                PacketError.NETWORK_UNREACHABLE;
                        case Icmpv6Message.PROHIBITED,
                                Icmpv6Message.POLICY,
                                Icmpv6Message.ROUTE_REJECTED ->
                                PacketError.PROHIBITED;
                        case Icmpv6Message.ADDRESS -> PacketError.HOST_UNREACHABLE;
                        case Icmpv6Message.PORT -> PacketError.PORT_UNREACHABLE;
                        default -> null;
                    };
        };
    }

    /** Of echoes nothing is remembered. */
    @Override
    public boolean hasSent(PacketBuffer quoted) {
        return false;
    }

    @Override
    public void error(PacketError error, PacketBuffer quoted, int mtu, long now) {
        drops.count(DropReason.ICMP_IGNORED);
    }
}
