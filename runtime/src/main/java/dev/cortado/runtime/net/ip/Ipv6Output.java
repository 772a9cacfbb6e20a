package dev.cortado.runtime.net.ip;

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
import dev.cortado.runtime.net.wire.Ipv6Extension;
import dev.cortado.runtime.net.wire.Ipv6Header;

/** Packets that we send over IPv6 (RFC 8200). */
final class Ipv6Output {
    private static final int MAXIMUM_PAYLOAD_BYTES = 65535;

    private final IpState state;

    Ipv6Output(IpState state) {
        this.state = state;
    }

    Route route(PacketInfo info) {
        if (Ipv6.isUnspecified(info.destinationHigh, info.destinationLow)) {
            return null;
        }
        return state.route(
                info.destinationHigh,
                info.destinationLow,
                info.interfaceIndex,
                Ipv6.isMulticast(info.destinationHigh));
    }

    SendResult selectSource(PacketInfo info, Route route) {
        if (route.link().isLoopback() && !Ipv6.isMulticast(info.destinationHigh)) {
            info.sourceHigh = info.destinationHigh;
            info.sourceLow = info.destinationLow;
            return SendResult.SENT;
        }
        InterfaceAddress source =
                SourceSelection.ipv6(route.link(), info.destinationHigh, info.destinationLow);
        if (source == null) {
            return SendResult.NO_SOURCE;
        }
        info.sourceHigh = source.high();
        info.sourceLow = source.low();
        return SendResult.SENT;
    }

    SendResult send(PacketBuffer packet, long now) {
        PacketInfo info = packet.info();
        Route route = route(info);
        if (route == null) {
            return state.drop(packet, DropReason.IP_NO_ROUTE, SendResult.NO_ROUTE);
        }
        boolean isUnnamed = Ipv6.isUnspecified(info.sourceHigh, info.sourceLow);
        boolean isSourceFine =
                isUnnamed
                        ? selectSource(info, route) == SendResult.SENT
                        : state.links.isOurs(info.sourceHigh, info.sourceLow);
        if (!isSourceFine) {
            return state.drop(packet, DropReason.IP_NO_SOURCE, SendResult.NO_SOURCE);
        }
        Link link = route.link();
        int payload = packet.totalLength();
        int mtu = state.pathMtus.get(info.destinationHigh, info.destinationLow, link.mtu(), now);
        boolean isSegmented =
                packet.segmentSize() > 0
                        && (link.features() & DeviceFeatures.SEGMENTATION_IPV6) != 0;
        boolean isFragmented = !isSegmented && payload + Ipv6Header.BYTES > mtu;
        if (payload > MAXIMUM_PAYLOAD_BYTES || isFragmented && info.dontFragment) {
            return state.drop(packet, DropReason.IP_TOO_BIG, SendResult.TOO_BIG);
        }
        boolean isMulticast = Ipv6.isMulticast(info.destinationHigh);
        int hops = info.hopLimit != 0 ? info.hopLimit : isMulticast ? 1 : IpState.DEFAULT_HOPS;
        if (isFragmented) {
            return fragment(packet, route, mtu, hops, now);
        }
        writeHeader(packet, info, payload, info.protocol, hops);
        if (isMulticast
                && !info.notToSelf
                && !link.isLoopback()
                && link.isMember(info.destinationHigh, info.destinationLow)) {
            state.loopBack(packet, now);
        }
        return output(packet, route, now);
    }

    /**
     * Sends a message of neighbour discovery or of group membership, on a link that may be without
     * an address yet.
     *
     * @param packet its info has the source, which may be unspecified
     * @param hasAlert whether a hop-by-hop header with a router alert goes before it
     */
    SendResult sendOn(Link link, PacketBuffer packet, boolean hasAlert, long now) {
        PacketInfo info = packet.info();
        int nextHeader = info.protocol;
        if (hasAlert) {
            int at = packet.push(8);
            Ipv6Extension.writeRouterAlert(packet.bytes(), at, nextHeader);
            nextHeader = IpProtocol.HOP_BY_HOP;
        }
        writeHeader(packet, info, packet.totalLength(), nextHeader, info.hopLimit);
        return IpState.of(link.output(packet, info.destinationHigh, info.destinationLow, now));
    }

    private static void writeHeader(
            PacketBuffer packet, PacketInfo info, int payload, int nextHeader, int hops) {
        int at = packet.push(Ipv6Header.BYTES);
        packet.setNetworkHeader(at);
        Ipv6Header.write(packet.bytes(), at, info.trafficClass, 0, payload, nextHeader, hops);
        Ipv6Header.writeAddresses(
                packet.bytes(),
                at,
                info.sourceHigh,
                info.sourceLow,
                info.destinationHigh,
                info.destinationLow);
    }

    private static SendResult output(PacketBuffer packet, Route route, long now) {
        PacketInfo info = packet.info();
        return IpState.of(
                route.link()
                        .output(
                                packet,
                                route.nextHigh(info.destinationHigh),
                                route.nextLow(info.destinationLow),
                                now));
    }

    /** RFC 8200, 4.5. The packet, which starts at the transport's header, goes in any case. */
    private SendResult fragment(PacketBuffer packet, Route route, int mtu, int hops, long now) {
        PacketChecksum.complete(packet);
        PacketInfo info = packet.info();
        int total = packet.totalLength();
        int identification =
                state.identification(info.sourceLow, info.destinationHigh, info.destinationLow);
        SendResult result = SendResult.SENT;
        for (int offset = 0; offset < total && result == SendResult.SENT; ) {
            PacketBuffer piece = state.pool.take();
            if (piece == null) {
                state.drops.count(DropReason.NO_BUFFER);
                result = SendResult.FULL;
                break;
            }
            int room = Math.min(mtu, piece.capacity() - PacketPool.HEAD_ROOM) - Ipv6Header.BYTES;
            int most = room - Ipv6Extension.FRAGMENT_BYTES & ~7;
            int count = Math.min(most, total - offset);
            int at = piece.append(Ipv6Extension.FRAGMENT_BYTES);
            Ipv6Extension.writeFragment(
                    piece.bytes(),
                    at,
                    info.protocol,
                    offset,
                    offset + count < total,
                    identification);
            piece.appendFrom(packet, offset, count);
            piece.info().copy(info);
            writeHeader(piece, info, piece.length(), IpProtocol.FRAGMENT, hops);
            offset += count;
            result = output(piece, route, now);
        }
        packet.release();
        return result;
    }
}
