package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.link.LinkProtocol;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv4Header;
import java.nio.ByteBuffer;

/** Packets that come in over IPv4 (RFC 791, RFC 1122, 3.2). We are a host: nothing is forwarded. */
final class Ipv4Protocol implements LinkProtocol {
    /**
     * RFC 1122, 3.3.2, says at least 60 seconds; everybody takes 30, since senders have changed.
     */
    static final long REASSEMBLY_TIMEOUT = 30_000_000_000L;

    private final IpState state;

    Ipv4Protocol(IpState state) {
        this.state = state;
    }

    @Override
    public void receive(Link link, PacketBuffer packet, long now) {
        DropReason refused = check(link, packet);
        if (refused != null) {
            state.drops.drop(packet, refused);
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        packet.pull(Ipv4Header.headerLength(bytes, at));
        if (!Ipv4Header.isFragment(bytes, at)) {
            deliver(packet, now);
            return;
        }
        PacketBuffer whole = reassemble(packet, at, now);
        if (whole != null) {
            deliver(whole, now);
        }
    }

    /** Looks at the header and fills in the packet's info; says what is wrong, or null. */
    private DropReason check(Link link, PacketBuffer packet) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        if (!Ipv4Header.check(bytes, at, packet.length())) {
            return DropReason.IP_MALFORMED;
        }
        int total = Ipv4Header.totalLength(bytes, at);
        if (total > packet.totalLength()) {
            return DropReason.IP_TRUNCATED;
        }
        if (!Ipv4Header.isChecksumRight(bytes, at)) {
            return DropReason.IP_CHECKSUM;
        }
        if (!Ipv4Header.areOptionsFine(bytes, at)) {
            return DropReason.IP_OPTIONS;
        }
        int source = Ipv4Header.source(bytes, at);
        int destination = Ipv4Header.destination(bytes, at);
        // RFC 1122, 3.2.1.3, (a): who has no address yet tells everybody so.
        boolean isNobody = source == Ipv4.UNSPECIFIED && destination == Ipv4.BROADCAST;
        if (!isNobody && !isSourceFine(link, source)) {
            return DropReason.IP_SOURCE;
        }
        if (!isForUs(link, packet.info(), destination)) {
            return DropReason.IP_NOT_OURS;
        }
        packet.trim(total);
        packet.setNetworkHeader(at);
        PacketInfo info = packet.info();
        info.sourceHigh = 0;
        info.sourceLow = Ipv6.mappedLow(source);
        info.destinationHigh = 0;
        info.destinationLow = Ipv6.mappedLow(destination);
        info.protocol = Ipv4Header.protocol(bytes, at);
        info.hopLimit = Ipv4Header.timeToLive(bytes, at);
        info.trafficClass = Ipv4Header.typeOfService(bytes, at);
        return null;
    }

    /** RFC 1122, 3.2.1.3; and nobody on a wire has our address, or loopback's. */
    private boolean isSourceFine(Link link, int source) {
        if (link.isLoopback()) {
            return Ipv4.isUnicast(source);
        }
        return Ipv4.isUnicast(source)
                && !Ipv4.isLoopback(source)
                && !state.links.isBroadcast(link, source)
                && !state.links.isOurs(0, Ipv6.mappedLow(source));
    }

    private boolean isForUs(Link link, PacketInfo info, int destination) {
        if (Ipv4.isMulticast(destination)) {
            info.linkBroadcast = true;
            return state.links.isMember(link, 0, Ipv6.mappedLow(destination));
        }
        if (state.links.isBroadcast(link, destination)) {
            info.linkBroadcast = true;
            return true;
        }
        // RFC 1122, 3.3.6: what came to everybody on the link, and is for one, is nobody's.
        return !info.linkBroadcast
                && (link.isLoopback() || !Ipv4.isLoopback(destination))
                && state.links.isOurs(0, Ipv6.mappedLow(destination));
    }

    private PacketBuffer reassemble(PacketBuffer packet, int at, long now) {
        ByteBuffer bytes = packet.bytes();
        int offset = Ipv4Header.fragmentOffset(bytes, at);
        boolean more = Ipv4Header.moreFragments(bytes, at);
        int length = packet.totalLength();
        int header = Ipv4Header.headerLength(bytes, at);
        if (length == 0
                || more && (length & 7) != 0
                || header + offset + length > Ipv4Header.MAXIMUM_PACKET_BYTES) {
            state.drops.drop(packet, DropReason.FRAGMENT_MALFORMED);
            return null;
        }
        // What a device says of a fragment's checksum says nothing of the packet's.
        packet.setChecksumNone();
        FragmentKey key = new FragmentKey();
        PacketInfo info = packet.info();
        key.sourceLow = info.sourceLow;
        key.destinationLow = info.destinationLow;
        key.identification = Ipv4Header.identification(bytes, at);
        key.protocol = info.protocol;
        return state.reassembler.add(key, packet, offset, !more, REASSEMBLY_TIMEOUT, now);
    }

    private void deliver(PacketBuffer packet, long now) {
        int protocol = packet.info().protocol;
        Transport transport = protocol == IpProtocol.ICMPV6 ? null : state.transport(protocol);
        if (transport == null) {
            ErrorSender errors = state.errors;
            if (errors != null) {
                errors.unreachable(packet, PacketError.PROTOCOL_UNREACHABLE, now);
            }
            state.drops.drop(packet, DropReason.IP_PROTOCOL_UNKNOWN);
        } else {
            transport.receive(packet, now);
        }
    }

    @Override
    public void unreachable(Link link, PacketBuffer packet, long now) {
        try {
            ByteBuffer bytes = packet.bytes();
            int at = packet.start();
            Transport transport = state.transport(Ipv4Header.protocol(bytes, at));
            boolean isFirst = Ipv4Header.fragmentOffset(bytes, at) == 0;
            packet.pull(Ipv4Header.headerLength(bytes, at));
            if (transport != null && isFirst && packet.length() >= 8) {
                transport.error(PacketError.HOST_UNREACHABLE, packet, 0, now);
            }
        } finally {
            packet.release();
        }
    }
}
