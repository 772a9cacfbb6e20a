package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.IpLayer;
import java.nio.ByteBuffer;

/** A datagram's data on its way into packets: the one copy. */
final class UdpData {
    private UdpData() {}

    /**
     * Copies data into as many pieces as it takes.
     *
     * @param data whose position moves to its limit if that works
     * @return null if there are not enough buffers
     */
    static PacketBuffer copy(IpLayer ip, ByteBuffer data) {
        PacketBuffer first = null;
        PacketBuffer last = null;
        int at = data.position();
        do {
            PacketBuffer piece = ip.take();
            if (piece == null) {
                if (first != null) {
                    first.release();
                }
                return null;
            }
            int count = Math.min(data.limit() - at, piece.tailRoom());
            piece.bytes().put(piece.append(count), data, at, count);
            at += count;
            if (first == null) {
                first = piece;
            } else {
                last.setContinuation(piece);
            }
            last = piece;
        } while (at < data.limit());
        data.position(at);
        return first;
    }
}
