package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.ECE;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;

/** Sends the SYN that answers a SYN, without a connection. */
final class SynAnswer {
    private SynAnswer() {}

    static void send(TableEntry entry, Handshake handshake, TcpCommons commons, long now) {
        PacketBuffer packet = commons.output.take();
        if (packet == null) {
            return;
        }
        ByteBuffer bytes = packet.bytes();
        int header = packet.start();
        int ownSegmentBytes =
                PathSegments.bytes(commons.output, entry.remoteHigh, entry.remoteLow, now);
        int end =
                SynOptions.write(
                        bytes,
                        header,
                        ownSegmentBytes,
                        handshake.selective,
                        handshake.sendScale >= 0 ? SynOptions.scale(commons.settings) : -1,
                        handshake.timestamps,
                        (int) (now / 1_000_000) + handshake.timestampOffset,
                        handshake.recentTimestamp);
        packet.append(end - header);
        TcpSegment.write(
                bytes,
                header,
                entry.localPort,
                entry.remotePort,
                handshake.initialSend,
                handshake.initialReceive + 1,
                end - header,
                SYN | ACK | (handshake.ecn ? ECE : 0),
                Math.min(0xffff, commons.settings.receiveBuffer));
        entry.address(packet.info());
        Checksums.leaveBlank(packet);
        commons.output.send(packet, now);
    }
}
