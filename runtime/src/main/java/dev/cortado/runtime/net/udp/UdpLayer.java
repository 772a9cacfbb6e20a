package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.ErrorSender;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.UdpHeader;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/** UDP over both IPs: finds the socket of a datagram. */
public final class UdpLayer implements Transport {
    private final IpLayer ip;
    private final ErrorSender errors;
    private final DropCounters drops;
    private final UdpTable table;

    public UdpLayer(IpLayer ip, ErrorSender errors, DropCounters drops, RandomGenerator random) {
        this.ip = ip;
        this.errors = errors;
        this.drops = drops;
        table = new UdpTable(random);
    }

    /** A socket without an address, a port and a listener. */
    public UdpSocket open() {
        return new UdpSocket(ip, table, drops);
    }

    UdpTable table() {
        return table;
    }

    @Override
    public void receive(PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int total = packet.totalLength();
        if (!UdpHeader.check(bytes, at, packet.length(), total)) {
            drops.drop(packet, DropReason.UDP_MALFORMED);
            return;
        }
        int length = UdpHeader.length(bytes, at);
        if (!isChecksumFine(packet, at, length)) {
            drops.drop(packet, DropReason.UDP_CHECKSUM);
            return;
        }
        packet.trim(length);
        PacketInfo info = packet.info();
        info.sourcePort = UdpHeader.sourcePort(bytes, at);
        info.destinationPort = UdpHeader.destinationPort(bytes, at);
        if (info.linkBroadcast) {
            toAll(packet, now);
            return;
        }
        UdpSocket socket = find(info);
        if (socket == null) {
            errors.unreachable(packet, PacketError.PORT_UNREACHABLE, now);
            drops.drop(packet, DropReason.UDP_NO_PORT);
            return;
        }
        packet.pull(UdpHeader.BYTES);
        socket.deliver(packet, now);
    }

    /** Over IPv6 there has to be one (RFC 8200, 8.1). */
    private static boolean isChecksumFine(PacketBuffer packet, int at, int length) {
        PacketInfo info = packet.info();
        if (UdpHeader.checksum(packet.bytes(), at) == 0 && !packet.isChecksumGood()) {
            return Ipv6.isMapped(info.destinationHigh, info.destinationLow);
        }
        return TransportChecksum.isRight(packet, IpProtocol.UDP, length);
    }

    private UdpSocket find(PacketInfo info) {
        UdpSocket best = null;
        int bestScore = -1;
        for (UdpSocket socket : table.candidates(info.destinationPort)) {
            int score = socket.score(info);
            if (score > bestScore) {
                best = socket;
                bestScore = score;
            }
        }
        return best;
    }

    /** What went to a group or to everybody goes to every socket that fits (RFC 1122, 4.1.3.5). */
    private void toAll(PacketBuffer packet, long now) {
        packet.pull(UdpHeader.BYTES);
        UdpSocket last = null;
        for (UdpSocket socket : table.candidates(packet.info().destinationPort)) {
            if (socket.score(packet.info()) < 0) {
                continue;
            }
            if (last != null) {
                PacketBuffer copy = ip.copy(packet);
                if (copy != null) {
                    last.deliver(copy, now);
                }
            }
            last = socket;
        }
        if (last == null) {
            drops.drop(packet, DropReason.UDP_NO_PORT);
        } else {
            last.deliver(packet, now);
        }
    }

    @Override
    public boolean hasSent(PacketBuffer quoted) {
        int local = UdpHeader.sourcePort(quoted.bytes(), quoted.start());
        int remote = UdpHeader.destinationPort(quoted.bytes(), quoted.start());
        for (UdpSocket socket : table.candidates(local)) {
            if (socket.maySendTo(quoted.info(), local, remote)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void error(PacketError error, PacketBuffer quoted, int mtu, long now) {
        ByteBuffer bytes = quoted.bytes();
        int at = quoted.start();
        PacketInfo info = quoted.info();
        int local = UdpHeader.sourcePort(bytes, at);
        int remote = UdpHeader.destinationPort(bytes, at);
        for (UdpSocket socket : table.candidates(local)) {
            if (socket.isConnected(info, local, remote)) {
                socket.fail(error, now);
                return;
            }
        }
        drops.count(DropReason.ICMP_IGNORED);
    }
}
