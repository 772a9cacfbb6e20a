package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.wire.TcpOptions;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.nio.ByteBuffer;

/** The options of a SYN. */
final class SynOptions {
    private SynOptions() {}

    /** The shift with which the largest receive buffer can be told (RFC 7323, 2.3). */
    static int scale(TcpSettings settings) {
        int scale = 0;
        while (scale < TcpOptions.MAXIMUM_WINDOW_SCALE
                && settings.maximumReceiveBuffer >> scale > 0xffff) {
            scale++;
        }
        return scale;
    }

    /**
     * @param scale -1 for none
     * @return where the header ends
     */
    static int write(
            ByteBuffer bytes,
            int header,
            int maximumSegmentSize,
            boolean selective,
            int scale,
            boolean timestamps,
            int value,
            int echo) {
        int at = header + TcpSegment.HEADER_BYTES;
        at = TcpOptions.writeMaximumSegmentSize(bytes, at, maximumSegmentSize);
        if (selective) {
            at = TcpOptions.writeSackPermitted(bytes, at);
        } else if (timestamps) {
            at = TcpOptions.writeNoOperation(bytes, at);
            at = TcpOptions.writeNoOperation(bytes, at);
        }
        if (timestamps) {
            at = TcpOptions.writeTimestamps(bytes, at, value, echo);
        }
        if (scale >= 0) {
            at = TcpOptions.writeNoOperation(bytes, at);
            at = TcpOptions.writeWindowScale(bytes, at, scale);
        }
        return TcpOptions.writeEnd(bytes, header, at);
    }
}
