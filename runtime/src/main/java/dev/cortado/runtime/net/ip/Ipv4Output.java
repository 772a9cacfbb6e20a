package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;

/** Packets that we send over IPv4 (RFC 791, RFC 1122, 3.3). */
final class Ipv4Output {
    private static final int ROUTER_ALERT_BYTES = 4;

    private final IpState state;

    Ipv4Output(IpState state) {
        this.state = state;
    }

    Route route(PacketInfo info) {
        int destination = (int) info.destinationLow;
        if (destination == Ipv4.UNSPECIFIED) {
            return null;
        }
        return state.route(0, info.destinationLow, info.interfaceIndex, isGroup(destination));
    }

    /** Whether it is a group's or everybody's on the link. */
    private static boolean isGroup(int destination) {
        return Ipv4.isMulticast(destination) || destination == Ipv4.BROADCAST;
    }

    SendResult selectSource(PacketInfo info, Route route) {
        InterfaceAddress source =
                SourceSelection.ipv4(route.link(), (int) route.nextLow(info.destinationLow));
        if (route.link().isLoopback() && !isGroup((int) info.destinationLow)) {
            // To ourselves from the same address.
            info.sourceHigh = 0;
            info.sourceLow = info.destinationLow;
            return SendResult.SENT;
        }
        if (source == null) {
            return SendResult.NO_SOURCE;
        }
        info.sourceHigh = 0;
        info.sourceLow = source.low();
        return SendResult.SENT;
    }

    SendResult send(PacketBuffer packet, long now) {
        PacketInfo info = packet.info();
        Route route = route(info);
        if (route == null) {
            return state.drop(packet, DropReason.IP_NO_ROUTE, SendResult.NO_ROUTE);
        }
        Link link = route.link();
        int destination = (int) info.destinationLow;
        boolean isUnnamed = Ipv6.isUnspecified(info.sourceHigh, info.sourceLow);
        if (isUnnamed && selectSource(info, route) != SendResult.SENT) {
            return state.drop(packet, DropReason.IP_NO_SOURCE, SendResult.NO_SOURCE);
        }
        int source = (int) info.sourceLow;
        if (!isSourceFine(info, source, destination, link)) {
            return state.drop(packet, DropReason.IP_NO_SOURCE, SendResult.NO_SOURCE);
        }
        boolean isMulticast = Ipv4.isMulticast(destination);
        boolean hasAlert = info.protocol == IpProtocol.IGMP;
        int headerBytes = Ipv4Header.BYTES + (hasAlert ? ROUTER_ALERT_BYTES : 0);
        int total = packet.totalLength() + headerBytes;
        int mtu = state.pathMtus.get(0, info.destinationLow, link.mtu(), now);
        boolean isSegmented =
                packet.segmentSize() > 0
                        && (link.features() & DeviceFeatures.SEGMENTATION_IPV4) != 0;
        boolean isFragmented = !isSegmented && total > mtu;
        if (total > Ipv4Header.MAXIMUM_PACKET_BYTES || isFragmented && info.dontFragment) {
            return state.drop(packet, DropReason.IP_TOO_BIG, SendResult.TOO_BIG);
        }
        int hops = info.hopLimit != 0 ? info.hopLimit : isMulticast ? 1 : IpState.DEFAULT_HOPS;
        // RFC 6864, 4.1: the number means something in fragments only.
        int identification =
                info.dontFragment
                        ? 0
                        : state.identification(info.sourceLow, 0, info.destinationLow);
        int at = packet.push(headerBytes);
        packet.setNetworkHeader(at);
        Ipv4Header.write(
                packet.bytes(),
                at,
                info.trafficClass,
                total,
                identification,
                info.dontFragment,
                hops,
                info.protocol,
                source,
                destination);
        if (hasAlert) {
            Ipv4Header.writeRouterAlert(packet.bytes(), at);
        }
        if (!link.isLoopback() && isHeardByUs(link, info, destination)) {
            state.loopBack(packet, now);
        }
        long nextLow = isMulticast ? info.destinationLow : route.nextLow(info.destinationLow);
        return isFragmented
                ? fragment(packet, link, nextLow, mtu, headerBytes, now)
                : IpState.of(link.output(packet, 0, nextLow, now));
    }

    private boolean isHeardByUs(Link link, PacketInfo info, int destination) {
        return Ipv4.isMulticast(destination)
                ? !info.notToSelf && link.isMember(0, Ipv6.mappedLow(destination))
                : state.links.isBroadcast(link, destination);
    }

    /** Ours, or none yet where somebody asks everybody for one. */
    private boolean isSourceFine(PacketInfo info, int source, int destination, Link link) {
        if (!Ipv6.isMapped(info.sourceHigh, info.sourceLow)) {
            return false;
        }
        if (source == Ipv4.UNSPECIFIED) {
            return destination == Ipv4.BROADCAST || info.protocol == IpProtocol.IGMP;
        }
        return state.links.isOurs(0, info.sourceLow)
                && (link.isLoopback() || !Ipv4.isLoopback(source));
    }

    /** RFC 791, 3.2. The packet goes in any case. */
    private SendResult fragment(
            PacketBuffer packet, Link link, long nextLow, int mtu, int headerBytes, long now) {
        PacketChecksum.complete(packet);
        int dataBytes = packet.totalLength() - headerBytes;
        SendResult result = SendResult.SENT;
        for (int offset = 0; offset < dataBytes && result == SendResult.SENT; ) {
            PacketBuffer piece = state.pool.take();
            if (piece == null) {
                state.drops.count(DropReason.NO_BUFFER);
                result = SendResult.FULL;
                break;
            }
            int room = Math.min(mtu, piece.capacity() - PacketPool.HEAD_ROOM) - headerBytes & ~7;
            int count = Math.min(room, dataBytes - offset);
            int at = piece.start();
            piece.appendFrom(packet, 0, headerBytes);
            piece.appendFrom(packet, headerBytes + offset, count);
            piece.info().copy(packet.info());
            piece.setNetworkHeader(at);
            boolean more = offset + count < dataBytes;
            Ipv4Header.setFragment(piece.bytes(), at, offset, more, headerBytes + count);
            offset += count;
            result = IpState.of(link.output(piece, 0, nextLow, now));
        }
        packet.release();
        return result;
    }
}
