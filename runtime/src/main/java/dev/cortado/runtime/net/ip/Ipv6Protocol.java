package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.link.LinkProtocol;
import dev.cortado.runtime.net.wire.Icmpv6Message;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.Ipv6Extension;
import dev.cortado.runtime.net.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** Packets that come in over IPv6 (RFC 8200). We are a host: nothing is forwarded. */
final class Ipv6Protocol implements LinkProtocol {
    static final long REASSEMBLY_TIMEOUT = 60_000_000_000L;

    /** Most extension headers of a packet, and most bytes of them (RFC 8504, 5.3 allows limits). */
    static final int EXTENSIONS = 8;

    static final int EXTENSION_BYTES = 512;

    /** RFC 8200, 4.5: what a fragment's data may reach. */
    private static final int MAXIMUM_PAYLOAD_BYTES = 65535;

    private final IpState state;

    Ipv6Protocol(IpState state) {
        this.state = state;
    }

    @Override
    public void receive(Link link, PacketBuffer packet, long now) {
        DropReason refused = check(link, packet);
        if (refused != null) {
            state.drops.drop(packet, refused);
            return;
        }
        int at = packet.start();
        int protocol = Ipv6Header.nextHeader(packet.bytes(), at);
        // The next header field that said what comes, for who is told that it cannot be.
        int pointer = 6;
        packet.pull(Ipv6Header.BYTES);
        walk(packet, protocol, pointer, now);
    }

    /** Looks at the header and fills in the packet's info; says what is wrong, or null. */
    private DropReason check(Link link, PacketBuffer packet) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        if (!Ipv6Header.check(bytes, at, packet.length())) {
            return DropReason.IP_MALFORMED;
        }
        int total = Ipv6Header.BYTES + Ipv6Header.payloadLength(bytes, at);
        if (total > packet.totalLength()) {
            return DropReason.IP_TRUNCATED;
        }
        PacketInfo info = packet.info();
        info.sourceHigh = Ipv6Header.sourceHigh(bytes, at);
        info.sourceLow = Ipv6Header.sourceLow(bytes, at);
        info.destinationHigh = Ipv6Header.destinationHigh(bytes, at);
        info.destinationLow = Ipv6Header.destinationLow(bytes, at);
        if (!isSourceFine(link, info)) {
            return DropReason.IP_SOURCE;
        }
        if (!isForUs(link, info)) {
            return DropReason.IP_NOT_OURS;
        }
        packet.trim(total);
        packet.setNetworkHeader(at);
        info.hopLimit = Ipv6Header.hopLimit(bytes, at);
        info.trafficClass = Ipv6Header.trafficClass(bytes, at);
        return null;
    }

    private boolean isSourceFine(Link link, PacketInfo info) {
        long high = info.sourceHigh;
        long low = info.sourceLow;
        if (Ipv6.isMulticast(high) || Ipv6.isMapped(high, low)) {
            return false;
        }
        // An own source on a wire may be one of duplicate address detection, which NDP looks at.
        return link.isLoopback() || !Ipv6.isLoopback(high, low) && !state.links.isOurs(high, low);
    }

    private boolean isForUs(Link link, PacketInfo info) {
        long high = info.destinationHigh;
        long low = info.destinationLow;
        if (Ipv6.isMulticast(high)) {
            int scope = Ipv6.multicastScope(high);
            // RFC 4291, 2.7: scope 0 is reserved, and 1 never leaves a node.
            boolean isFine = scope > 1 || scope == 1 && link.isLoopback();
            info.linkBroadcast = true;
            return isFine && state.links.isMember(link, high, low);
        }
        if (Ipv6.isMapped(high, low) || info.linkBroadcast) {
            return false;
        }
        if (link.isLoopback()) {
            return state.links.isOurs(high, low);
        }
        if (Ipv6.isLinkLocal(high)) {
            // Another link's address of that value is another address.
            return link.address(high, low) != null;
        }
        return !Ipv6.isLoopback(high, low) && state.links.isOurs(high, low);
    }

    /**
     * Goes over the extension headers (RFC 8200, 4), to the transport's.
     *
     * @param first kind of the header at the packet's start
     * @param firstPointer where that is said
     */
    private void walk(PacketBuffer packet, int first, int firstPointer, long now) {
        ByteBuffer bytes = packet.bytes();
        int kind = first;
        int pointer = firstPointer;
        int seen = 0;
        int extensionBytes = 0;
        while (Ipv6Extension.hasLength(kind)) {
            boolean isMisplaced = kind == IpProtocol.HOP_BY_HOP && pointer != 6;
            if (isMisplaced) {
                problem(packet, Icmpv6Message.NEXT_HEADER, pointer, now);
                return;
            }
            if (++seen > EXTENSIONS
                    || !Ipv6Extension.check(bytes, packet.start(), packet.length())) {
                state.drops.drop(packet, DropReason.IP_EXTENSION);
                return;
            }
            int length = Ipv6Extension.length(bytes, packet.start());
            extensionBytes += length;
            if (extensionBytes > EXTENSION_BYTES) {
                state.drops.drop(packet, DropReason.IP_EXTENSION);
                return;
            }
            if (!isHeaderFine(packet, kind, now)) {
                return;
            }
            pointer = packet.start() - packet.networkHeader();
            kind = Ipv6Extension.nextHeader(bytes, packet.start());
            packet.pull(length);
        }
        if (kind == IpProtocol.FRAGMENT) {
            fragment(packet, pointer, now);
        } else {
            deliver(packet, kind, pointer, now);
        }
    }

    /** Looks into an extension header; a packet that is not fine is gone. */
    private boolean isHeaderFine(PacketBuffer packet, int kind, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        if (kind == IpProtocol.ROUTING) {
            if (Ipv6Extension.segmentsLeft(bytes, at) != 0) {
                problem(packet, Icmpv6Message.HEADER_FIELD, at + 2 - packet.networkHeader(), now);
                return false;
            }
            return true;
        }
        int option = Ipv6Extension.unknownOption(bytes, at);
        if (option == -1) {
            return true;
        }
        int action = option < 0 ? Ipv6Extension.DISCARD : Ipv6Extension.action(bytes, option);
        ErrorSender errors = state.errors;
        if (errors != null && action >= Ipv6Extension.DISCARD_AND_TELL) {
            errors.parameterProblem(
                    packet,
                    Icmpv6Message.OPTION,
                    option - packet.networkHeader(),
                    action == Ipv6Extension.DISCARD_AND_TELL,
                    now);
        }
        state.drops.drop(packet, DropReason.IP_EXTENSION);
        return false;
    }

    private void problem(PacketBuffer packet, int code, int pointer, long now) {
        ErrorSender errors = state.errors;
        if (errors != null) {
            errors.parameterProblem(packet, code, pointer, false, now);
        }
        state.drops.drop(packet, DropReason.IP_EXTENSION);
    }

    private void fragment(PacketBuffer packet, int pointer, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        if (packet.length() < Ipv6Extension.FRAGMENT_BYTES) {
            state.drops.drop(packet, DropReason.FRAGMENT_MALFORMED);
            return;
        }
        int next = Ipv6Extension.nextHeader(bytes, at);
        int offset = Ipv6Extension.fragmentOffset(bytes, at);
        boolean more = Ipv6Extension.moreFragments(bytes, at);
        packet.pull(Ipv6Extension.FRAGMENT_BYTES);
        if (offset == 0 && !more) {
            // An atomic fragment, which is none (RFC 6946).
            afterFragments(packet, next, now);
            return;
        }
        int length = packet.totalLength();
        if (more && (length & 7) != 0) {
            // The payload's length is what is wrong (RFC 8200, 4.5).
            problemOfFragment(packet, 4, now);
            return;
        }
        if (offset + length > MAXIMUM_PAYLOAD_BYTES) {
            problemOfFragment(packet, at + 2 - packet.networkHeader(), now);
            return;
        }
        if (length == 0) {
            state.drops.drop(packet, DropReason.FRAGMENT_MALFORMED);
            return;
        }
        packet.setChecksumNone();
        PacketInfo info = packet.info();
        // Kept for when the packet is whole; the first fragment's is the one that counts.
        info.protocol = next;
        FragmentKey key = new FragmentKey();
        key.sourceHigh = info.sourceHigh;
        key.sourceLow = info.sourceLow;
        key.destinationHigh = info.destinationHigh;
        key.destinationLow = info.destinationLow;
        key.identification = Ipv6Extension.fragmentIdentification(bytes, at);
        PacketBuffer whole =
                state.reassembler.add(key, packet, offset, !more, REASSEMBLY_TIMEOUT, now);
        if (whole != null) {
            afterFragments(whole, whole.info().protocol, now);
        }
    }

    private void problemOfFragment(PacketBuffer packet, int pointer, long now) {
        ErrorSender errors = state.errors;
        if (errors != null) {
            errors.parameterProblem(packet, Icmpv6Message.HEADER_FIELD, pointer, false, now);
        }
        state.drops.drop(packet, DropReason.FRAGMENT_MALFORMED);
    }

    /**
     * What lies behind a fragment header: destination options, at most, and the transport's header;
     * no fragment header again.
     */
    private void afterFragments(PacketBuffer packet, int first, long now) {
        int kind = first;
        if (kind == IpProtocol.DESTINATION_OPTIONS) {
            if (!Ipv6Extension.check(packet.bytes(), packet.start(), packet.length())) {
                state.drops.drop(packet, DropReason.IP_EXTENSION);
                return;
            }
            if (!isHeaderFine(packet, kind, now)) {
                return;
            }
            kind = Ipv6Extension.nextHeader(packet.bytes(), packet.start());
            packet.pull(Ipv6Extension.length(packet.bytes(), packet.start()));
        }
        if (Ipv6Extension.hasLength(kind) || kind == IpProtocol.FRAGMENT) {
            state.drops.drop(packet, DropReason.IP_EXTENSION);
        } else {
            deliver(packet, kind, 6, now);
        }
    }

    private void deliver(PacketBuffer packet, int protocol, int pointer, long now) {
        packet.info().protocol = protocol;
        boolean isIpv4s = protocol == IpProtocol.ICMP || protocol == IpProtocol.IGMP;
        Transport transport = isIpv4s ? null : state.transport(protocol);
        if (transport != null) {
            transport.receive(packet, now);
            return;
        }
        ErrorSender errors = state.errors;
        if (errors != null && protocol != IpProtocol.NO_NEXT_HEADER) {
            errors.parameterProblem(packet, Icmpv6Message.NEXT_HEADER, pointer, false, now);
        }
        state.drops.drop(packet, DropReason.IP_PROTOCOL_UNKNOWN);
    }

    @Override
    public void unreachable(Link link, PacketBuffer packet, long now) {
        try {
            Transport transport =
                    state.transport(Ipv6Header.nextHeader(packet.bytes(), packet.start()));
            packet.pull(Ipv6Header.BYTES);
            if (transport != null && packet.length() >= 8) {
                transport.error(PacketError.HOST_UNREACHABLE, packet, 0, now);
            }
        } finally {
            packet.release();
        }
    }
}
