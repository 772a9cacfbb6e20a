package dev.cortado.drivers.network.card;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What cards do with a packet that is to be cut, whose pseudo header's sum has no length (SDM of
 * Intel's cards, 3.5).
 *
 * @param network where IP's header begins
 * @param transport where TCP's header begins
 * @param field where TCP's sum is
 */
public record Segmenter(int network, int transport, int field, boolean isVersion4) {
    /** Puts the sum of all bytes from a place on where it belongs. */
    public static void sum(byte[] packet, int from, int field) {
        ByteBuffer.wrap(packet).putShort(field, (short) sum(packet, from, packet.length, 0));
    }

    private static int sum(byte[] bytes, int from, int end, int before) {
        return ~Packets.sum(bytes, from, end - from, before) & 0xffff;
    }

    /**
     * @param headers bytes that each segment begins with
     * @param most bytes of data of each
     */
    public List<byte[]> cut(byte[] packet, int headers, int most) {
        List<byte[]> segments = new ArrayList<>();
        for (int at = headers; at < packet.length; at += most) {
            int some = Math.min(most, packet.length - at);
            ByteBuffer segment = ByteBuffer.allocate(headers + some);
            segment.put(packet, 0, headers).put(packet, at, some);
            boolean isLast = at + some == packet.length;
            finish(segment, segments.size(), at - headers, isLast);
            segments.add(segment.array());
        }
        return segments;
    }

    private void finish(ByteBuffer segment, int number, int sent, boolean isLast) {
        int bytes = segment.capacity() - transport;
        if (isVersion4) {
            segment.putShort(network + 2, (short) (segment.capacity() - network));
            segment.putShort(network + 4, (short) (segment.getShort(network + 4) + number));
            int sum = sum(segment.array(), network, transport, 0);
            segment.putShort(network + 10, (short) sum);
        } else {
            segment.putShort(network + 4, (short) bytes);
        }
        segment.putInt(transport + 4, segment.getInt(transport + 4) + sent);
        if (!isLast) {
            segment.put(transport + 13, (byte) (segment.get(transport + 13) & ~9));
        }
        int sum = sum(segment.array(), transport, segment.capacity(), bytes);
        segment.putShort(field, (short) sum);
    }
}
