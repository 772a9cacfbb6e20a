package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.TcpSegment;

/** TCP's checksum (RFC 9293, 3.1), which covers the addresses as well. */
final class Checksums {
    private Checksums() {}

    /** Prepares a packet that starts at TCP's header for who fills in the checksum below. */
    static void leaveBlank(PacketBuffer packet) {
        packet.info().protocol = IpProtocol.TCP;
        TransportChecksum.leave(packet, IpProtocol.TCP, TcpSegment.CHECKSUM);
    }

    /** Whether the checksum of a packet that came in is right. */
    static boolean isRight(PacketBuffer packet) {
        return TransportChecksum.isRight(packet, IpProtocol.TCP, packet.totalLength());
    }
}
