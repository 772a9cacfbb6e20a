package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.wire.InternetChecksum;

/** The checksum of UDP, TCP and ICMPv6, over a pseudo-header with the packet's addresses. */
public final class TransportChecksum {
    private TransportChecksum() {}

    /**
     * Whether the checksum of a packet that came in is right.
     *
     * @param packet starts at the transport's header
     * @param length bytes from there that it covers
     */
    public static boolean isRight(PacketBuffer packet, int protocol, int length) {
        return packet.isChecksumGood()
                || InternetChecksum.isRight(
                        PacketChecksum.add(
                                pseudoHeader(packet.info(), protocol, length),
                                packet,
                                packet.start(),
                                length));
    }

    /**
     * Leaves the checksum of a packet that goes out to who is below: puts the pseudo-header's sum
     * into the field.
     *
     * @param packet starts at the transport's header, its source address known
     * @param field offset of the checksum from the start
     */
    public static void leave(PacketBuffer packet, int protocol, int field) {
        int sum =
                InternetChecksum.fold(pseudoHeader(packet.info(), protocol, packet.totalLength()));
        packet.bytes().putShort(packet.start() + field, (short) sum);
        packet.setChecksumBlank(packet.start(), packet.start() + field);
    }

    /** The sum of the pseudo-header, of whichever IP the addresses are. */
    public static long pseudoHeader(PacketInfo info, int protocol, int length) {
        return Ipv6.isMapped(info.destinationHigh, info.destinationLow)
                ? InternetChecksum.pseudoHeader(
                        (int) info.sourceLow, (int) info.destinationLow, protocol, length)
                : InternetChecksum.pseudoHeader(
                        info.sourceHigh,
                        info.sourceLow,
                        info.destinationHigh,
                        info.destinationLow,
                        protocol,
                        length);
    }
}
