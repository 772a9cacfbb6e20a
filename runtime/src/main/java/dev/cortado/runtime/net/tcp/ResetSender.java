package dev.cortado.runtime.net.tcp;

import static dev.cortado.runtime.net.wire.TcpSegment.ACK;
import static dev.cortado.runtime.net.wire.TcpSegment.FIN;
import static dev.cortado.runtime.net.wire.TcpSegment.RST;
import static dev.cortado.runtime.net.wire.TcpSegment.SYN;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;

/** Answers segments that belong to nothing (RFC 9293, 3.10.7.1), so many a second. */
final class ResetSender {
    private final IpOutput output;
    private final PerSecondLimit limit;

    ResetSender(IpOutput output, PerSecondLimit limit) {
        this.output = output;
        this.limit = limit;
    }

    /**
     * @param packet starts at TCP's header, which was checked; stays the caller's
     */
    void answer(PacketBuffer packet, long now) {
        ByteBuffer bytes = packet.bytes();
        int at = packet.start();
        int flags = TcpSegment.flags(bytes, at);
        if ((flags & RST) != 0 || !limit.allow(now)) {
            return;
        }
        PacketBuffer reset = output.take();
        if (reset == null) {
            return;
        }
        boolean acknowledges = (flags & ACK) != 0;
        int length =
                packet.totalLength()
                        - TcpSegment.headerLength(bytes, at)
                        + ((flags & SYN) != 0 ? 1 : 0)
                        + ((flags & FIN) != 0 ? 1 : 0);
        reset.append(TcpSegment.HEADER_BYTES);
        TcpSegment.write(
                reset.bytes(),
                reset.start(),
                TcpSegment.destinationPort(bytes, at),
                TcpSegment.sourcePort(bytes, at),
                acknowledges ? TcpSegment.acknowledgment(bytes, at) : 0,
                acknowledges ? 0 : TcpSegment.sequence(bytes, at) + length,
                TcpSegment.HEADER_BYTES,
                acknowledges ? RST : RST | ACK,
                0);
        reset.info().reply(packet.info());
        reset.info().dontFragment = true; // as in TableEntry.address
        Checksums.leaveBlank(reset);
        output.send(reset, now);
    }
}
