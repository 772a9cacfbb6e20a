package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;

/**
 * A segment that came in, read once (SEG.* of RFC 9293, 3.3.1). One object reads one segment after
 * the other. Not synchronised.
 */
final class IncomingSegment {
    private static final int ECN_MASK = 3;
    private static final int CONGESTION_EXPERIENCED = 3;

    final TcpOptions options = new TcpOptions();
    PacketBuffer packet;
    int flags;
    int sequence;
    int acknowledgment;
    int window;
    int urgentPointer;

    /** Where the payload is, from the packet's start on. */
    int payloadOffset;

    int payloadLength;

    /** RFC 3168, 5: a router has marked it. */
    boolean congestionExperienced;

    /**
     * @param from starts at TCP's header, which {@link TcpSegment#check} has seen
     * @return false if its options cannot be
     */
    boolean read(PacketBuffer from) {
        ByteBuffer bytes = from.bytes();
        int at = from.start();
        packet = from;
        flags = TcpSegment.flags(bytes, at);
        sequence = TcpSegment.sequence(bytes, at);
        acknowledgment = TcpSegment.acknowledgment(bytes, at);
        window = TcpSegment.window(bytes, at);
        urgentPointer = TcpSegment.urgentPointer(bytes, at);
        payloadOffset = TcpSegment.headerLength(bytes, at);
        payloadLength = from.totalLength() - payloadOffset;
        congestionExperienced = (from.info().trafficClass & ECN_MASK) == CONGESTION_EXPERIENCED;
        return options.read(bytes, at);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** SEG.LEN: SYN and FIN count. */
    int length() {
        return payloadLength + (has(TcpSegment.SYN) ? 1 : 0) + (has(TcpSegment.FIN) ? 1 : 0);
    }
}
