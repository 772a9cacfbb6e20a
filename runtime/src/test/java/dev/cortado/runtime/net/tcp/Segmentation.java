package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a device with segmentation offload makes of a large segment. */
final class Segmentation {
    private Segmentation() {}

    static List<byte[]> cut(byte[] whole, int segmentSize) {
        ByteBuffer bytes = ByteBuffer.wrap(whole);
        int header = TcpSegment.headerLength(bytes, 0);
        int payload = whole.length - header;
        if (segmentSize == 0 || payload <= segmentSize) {
            return List.of(whole);
        }
        List<byte[]> segments = new ArrayList<>();
        for (int at = 0; at < payload; at += segmentSize) {
            int length = Math.min(segmentSize, payload - at);
            byte[] segment = Arrays.copyOf(whole, header + length);
            System.arraycopy(whole, header + at, segment, header, length);
            ByteBuffer head = ByteBuffer.wrap(segment);
            head.putInt(4, head.getInt(4) + at);
            boolean last = at + length == payload;
            if (!last) {
                head.put(13, (byte) (head.get(13) & ~(TcpSegment.FIN | TcpSegment.PSH)));
            }
            if (at > 0) {
                head.put(13, (byte) (head.get(13) & ~TcpSegment.CWR));
            }
            segments.add(segment);
        }
        return segments;
    }
}
