package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;

/**
 * ICMP for IPv4 (RFC 792, RFC 1122, 3.2.2). Redirects and source quenches are ignored: who can send
 * them can lie (RFC 6633; RFC 1122 lets a host do without the former).
 */
public final class Icmpv4 implements Transport {
    private final IpLayer ip;
    private final Echo echo;
    private final DropCounters drops;
    private final QuotedPackets quotedPackets;

    public Icmpv4(IpLayer ip, Echo echo, DropCounters drops) {
        this.ip = ip;
        this.echo = echo;
        this.drops = drops;
        quotedPackets = new QuotedPackets(ip, drops);
    }

    @Override
    public void receive(PacketBuffer packet, long now) {
        int at = packet.start();
        if (!IcmpMessage.check(packet.length())) {
            drops.drop(packet, DropReason.ICMP_MALFORMED);
            return;
        }
        long sum = PacketChecksum.add(0, packet, at, packet.totalLength());
        if (!packet.isChecksumGood() && !InternetChecksum.isRight(sum)) {
            drops.drop(packet, DropReason.ICMP_CHECKSUM);
            return;
        }
        switch (IcmpMessage.type(packet.bytes(), at)) {
            case IcmpMessage.ECHO -> echo.answer(packet, true, now);
            case IcmpMessage.ECHO_REPLY -> echo.reply(packet, now);
            case IcmpMessage.DESTINATION_UNREACHABLE,
                    IcmpMessage.TIME_EXCEEDED,
                    IcmpMessage.PARAMETER_PROBLEM ->
                    quoted(packet, now);
            default -> drops.drop(packet, DropReason.ICMP_IGNORED);
        }
    }

    private void quoted(PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        PacketError error = kind(IcmpMessage.type(bytes, at), IcmpMessage.code(bytes, at));
        int mtu = IcmpMessage.nextMtu(bytes, at);
        int header = packet.pull(IcmpMessage.HEADER_BYTES);
        if (error == null || !Ipv4Header.check(bytes, header, packet.length())) {
            drops.drop(packet, DropReason.ICMP_MALFORMED);
            return;
        }
        PacketInfo info = packet.info();
        info.sourceLow = Ipv6.mappedLow(Ipv4Header.source(bytes, header));
        info.destinationLow = Ipv6.mappedLow(Ipv4Header.destination(bytes, header));
        info.protocol = Ipv4Header.protocol(bytes, header);
        packet.pull(Ipv4Header.headerLength(bytes, header));
        Transport transport = ip.transport(info.protocol);
        if (Ipv4Header.fragmentOffset(bytes, header) != 0
                || packet.length() < 8
                || transport == null
                || !ip.links().isOurs(info.sourceHigh, info.sourceLow)) {
            drops.drop(packet, DropReason.ICMP_IGNORED);
            return;
        }
        quotedPackets.tell(
                transport, error, packet, mtu, Ipv4Header.totalLength(bytes, header), now);
    }

    /** What a message means; null if its code is not known. */
    private static PacketError kind(int type, int code) {
        if (type == IcmpMessage.TIME_EXCEEDED) {
            return PacketError.TIME_EXCEEDED;
        }
        if (type == IcmpMessage.PARAMETER_PROBLEM) {
            return PacketError.PARAMETER_PROBLEM;
        }
        // RFC 1122, 4.2.3.9, and RFC 1812, 5.2.7.1.
        return switch (code) {
            case 0, 6, 8, 11 -> PacketError.NETWORK_UNREACHABLE;
            case IcmpMessage.HOST, IcmpMessage.SOURCE_ROUTE_FAILED, 7, 12, 14, 15 ->
                    PacketError.HOST_UNREACHABLE;
            case IcmpMessage.PROTOCOL -> PacketError.PROTOCOL_UNREACHABLE;
            case IcmpMessage.PORT -> PacketError.PORT_UNREACHABLE;
            case IcmpMessage.FRAGMENTATION_NEEDED -> PacketError.TOO_BIG;
            case IcmpMessage.NETWORK_PROHIBITED,
                    IcmpMessage.HOST_PROHIBITED,
                    IcmpMessage.PROHIBITED ->
                    PacketError.PROHIBITED;
            default -> null;
        };
    }

    /** Of echoes nothing is remembered. */
    @Override
    public boolean hasSent(PacketBuffer quoted) {
        return false;
    }

    /** Somebody's error about an ICMP message of ours, an echo request at best. */
    @Override
    public void error(PacketError error, PacketBuffer quoted, int mtu, long now) {
        drops.count(DropReason.ICMP_IGNORED);
    }
}
