package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IcmpMessage;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.InternetChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;

/** Echoes, of both IPs (RFC 792; RFC 4443, 4). */
public final class Echo {
    private final IpLayer ip;
    private final DropCounters drops;
    private volatile EchoListener listener;

    public Echo(IpLayer ip, DropCounters drops) {
        this.ip = ip;
        this.drops = drops;
    }

    public void setListener(EchoListener echoListener) {
        listener = echoListener;
    }

    /**
     * Asks somebody for an echo.
     *
     * @param dataBytes bytes of data, all 0, as many as fit into a buffer
     */
    public SendResult send(
            long high, long low, int identifier, int sequence, int dataBytes, long now) {
        PacketBuffer packet = ip.take();
        if (packet == null) {
            return SendResult.FULL;
        }
        boolean isIpv4 = Ipv6.isMapped(high, low);
        int at = packet.append(IcmpMessage.HEADER_BYTES);
        IcmpMessage.write(
                packet.bytes(),
                at,
                isIpv4 ? IcmpMessage.ECHO : Icmpv6Message.ECHO_REQUEST,
                0,
                identifier << 16 | sequence & 0xffff);
        int data = Math.min(dataBytes, packet.tailRoom());
        int from = packet.append(data);
        for (int i = 0; i < data; i++) {
            packet.bytes().put(from + i, (byte) 0);
        }
        packet.info().destinationHigh = high;
        packet.info().destinationLow = low;
        return finish(packet, isIpv4, now);
    }

    /** Answers a request, in its own packet. */
    void answer(PacketBuffer packet, boolean isIpv4, long now) {
        PacketInfo info = packet.info();
        boolean toGroup = info.linkBroadcast;
        int interfaceIndex = info.interfaceIndex;
        long high = info.sourceHigh;
        long low = info.sourceLow;
        long ownHigh = info.destinationHigh;
        long ownLow = info.destinationLow;
        if (toGroup && isIpv4 || Ipv6.isUnspecified(high, low)) {
            // RFC 1122, 3.2.2.6: it may be left out; it is what amplifiers are made of.
            drops.drop(packet, DropReason.ICMP_IGNORED);
            return;
        }
        packet.setChecksumNone();
        packet.setSegmentSize(0);
        info.sourceHigh = toGroup ? 0 : ownHigh;
        info.sourceLow = toGroup ? 0 : ownLow;
        info.destinationHigh = high;
        info.destinationLow = low;
        info.hopLimit = 0;
        info.trafficClass = 0;
        info.dontFragment = false;
        info.linkBroadcast = false;
        info.interfaceIndex = Ipv6.isLinkLocal(high) ? interfaceIndex : 0;
        int type = isIpv4 ? IcmpMessage.ECHO_REPLY : Icmpv6Message.ECHO_REPLY;
        int at = packet.start();
        IcmpMessage.write(packet.bytes(), at, type, 0, IcmpMessage.parameter(packet.bytes(), at));
        finish(packet, isIpv4, now);
    }

    private SendResult finish(PacketBuffer packet, boolean isIpv4, long now) {
        PacketInfo info = packet.info();
        info.protocol = isIpv4 ? IpProtocol.ICMP : IpProtocol.ICMPV6;
        if (isIpv4) {
            long sum = PacketChecksum.add(0, packet, packet.start(), packet.totalLength());
            IcmpMessage.setChecksum(packet.bytes(), packet.start(), InternetChecksum.finish(sum));
            return ip.send(packet, now);
        }
        if (Ipv6.isUnspecified(info.sourceHigh, info.sourceLow)) {
            SendResult selected = ip.selectSource(info);
            if (selected != SendResult.SENT) {
                drops.drop(packet, DropReason.IP_NO_SOURCE);
                return selected;
            }
        }
        TransportChecksum.leave(packet, IpProtocol.ICMPV6, IcmpMessage.CHECKSUM);
        return ip.send(packet, now);
    }

    void reply(PacketBuffer packet, long now) {
        EchoListener told = listener;
        if (told == null) {
            drops.count(DropReason.ICMP_IGNORED);
        } else {
            int at = packet.start();
            told.reply(
                    packet,
                    IcmpMessage.identifier(packet.bytes(), at),
                    IcmpMessage.sequence(packet.bytes(), at),
                    now);
        }
        packet.release();
    }
}
