package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.ErrorSender;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.util.random.RandomGenerator;

/**
 * Tells senders what became of their packets: not about errors, not about what went to a group or
 * to everybody, not to who is no single host (RFC 1122, 3.2.2; RFC 4443, 2.4, (e)), and not too
 * often.
 */
public final class IcmpErrors implements ErrorSender {
    /** Most bytes of an error: RFC 1812, 4.3.2.3; RFC 4443, 2.4, (c), less the IP header. */
    private static final int IPV4_BYTES = 576 - Ipv4Header.BYTES;

    private static final int IPV6_BYTES = 1280 - 40;

    private final IpLayer ip;
    private final DropCounters drops;
    private final RateLimit limit;

    public IcmpErrors(IpLayer ip, DropCounters drops, RandomGenerator random) {
        this.ip = ip;
        this.drops = drops;
        limit = new RateLimit(50, 1000, 10, 10, random);
    }

    @Override
    public void unreachable(PacketBuffer packet, PacketError error, long now) {
        if (isIpv4(packet)) {
            int code =
                    switch (error) {
                        case NETWORK_UNREACHABLE -> IcmpMessage.NETWORK;
                        case PROTOCOL_UNREACHABLE -> IcmpMessage.PROTOCOL;
                        case PORT_UNREACHABLE -> IcmpMessage.PORT;
                        case PROHIBITED -> IcmpMessage.PROHIBITED;
                        default -> IcmpMessage.HOST;
                    };
            send(packet, IcmpMessage.DESTINATION_UNREACHABLE, code, 0, false, now);
        } else {
            int code =
                    switch (error) {
                        case NETWORK_UNREACHABLE -> Icmpv6Message.NO_ROUTE;
                        case PORT_UNREACHABLE -> Icmpv6Message.PORT;
                        case PROHIBITED -> Icmpv6Message.PROHIBITED;
                        default -> Icmpv6Message.ADDRESS;
                    };
            send(packet, Icmpv6Message.DESTINATION_UNREACHABLE, code, 0, false, now);
        }
    }

    @Override
    public void reassemblyTimeExceeded(PacketBuffer packet, long now) {
        if (isIpv4(packet)) {
            send(packet, IcmpMessage.TIME_EXCEEDED, IcmpMessage.REASSEMBLY, 0, false, now);
        } else {
            send(packet, Icmpv6Message.TIME_EXCEEDED, Icmpv6Message.REASSEMBLY, 0, false, now);
        }
    }

    @Override
    public void parameterProblem(
            PacketBuffer packet, int code, int pointer, boolean isMulticastFine, long now) {
        send(packet, Icmpv6Message.PARAMETER_PROBLEM, code, pointer, isMulticastFine, now);
    }

    private static boolean isIpv4(PacketBuffer packet) {
        return Ipv6.isMapped(packet.info().destinationHigh, packet.info().destinationLow);
    }

    private void send(
            PacketBuffer about,
            int type,
            int code,
            int parameter,
            boolean isMulticastFine,
            long now) {
        PacketInfo info = about.info();
        boolean isIpv4 = isIpv4(about);
        if (info.linkBroadcast && !isMulticastFine
                || !isHost(info)
                || isError(about, isIpv4)
                || !limit.allows(info.sourceHigh, info.sourceLow, now)) {
            drops.count(DropReason.ICMP_RATE);
            return;
        }
        PacketBuffer packet = ip.take();
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return;
        }
        int at = packet.append(IcmpMessage.HEADER_BYTES);
        IcmpMessage.write(packet.bytes(), at, type, code, parameter);
        int from = about.networkHeader();
        int most = Math.min(packet.tailRoom(), (isIpv4 ? IPV4_BYTES : IPV6_BYTES) - 8);
        int quoted = Math.min(about.end() - from, most);
        packet.bytes().put(packet.append(quoted), about.bytes(), from, quoted);
        packet.info().reply(info);
        // Only a link-local address has no other way than the one that the packet came by.
        packet.info().interfaceIndex = Ipv6.isLinkLocal(info.sourceHigh) ? info.interfaceIndex : 0;
        if (info.linkBroadcast) {
            // From one of ours, which is selected.
            packet.info().sourceHigh = 0;
            packet.info().sourceLow = 0;
        }
        finish(packet, isIpv4);
        ip.send(packet, now);
    }

    private void finish(PacketBuffer packet, boolean isIpv4) {
        PacketInfo info = packet.info();
        if (isIpv4) {
            info.protocol = IpProtocol.ICMP;
            long sum = PacketChecksum.add(0, packet, packet.start(), packet.length());
            IcmpMessage.setChecksum(packet.bytes(), packet.start(), InternetChecksum.finish(sum));
        } else {
            info.protocol = IpProtocol.ICMPV6;
            if (Ipv6.isUnspecified(info.sourceHigh, info.sourceLow)) {
                ip.selectSource(info);
            }
            TransportChecksum.leave(packet, IpProtocol.ICMPV6, IcmpMessage.CHECKSUM);
        }
    }

    /** Whether its source is one host. */
    private static boolean isHost(PacketInfo info) {
        return Ipv6.isMapped(info.sourceHigh, info.sourceLow)
                ? Ipv4.isUnicast((int) info.sourceLow)
                : !Ipv6.isMulticast(info.sourceHigh)
                        && !Ipv6.isUnspecified(info.sourceHigh, info.sourceLow);
    }

    /** Whether it is an error itself; what cannot be told counts as one. */
    private static boolean isError(PacketBuffer about, boolean isIpv4) {
        int protocol = about.info().protocol;
        if (protocol != (isIpv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6)) {
            return false;
        }
        if (about.length() == 0) {
            return true;
        }
        int type = IcmpMessage.type(about.bytes(), about.start());
        return isIpv4 ? IcmpMessage.isError(type) : Icmpv6Message.isError(type);
    }
}
