package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.RingReader;

/** Puts messages together from the pieces in which they come through a ring. */
final class MessageAssembler {
    private final RingReader ring;
    private final byte[] header = new byte[WireMessage.HEADER_BYTES];
    private int headerBytes;
    private byte[] payload;
    private int payloadBytes;
    private long bytes;

    MessageAssembler(RingReader ring) {
        this.ring = ring;
    }

    /** The next message, or null if it is not there as a whole. */
    WireMessage next() throws CorruptRingException {
        if (payload == null) {
            headerBytes += read(header, headerBytes);
            if (headerBytes < header.length) {
                return null;
            }
            payload = new byte[WireMessage.payloadLength(header)];
            payloadBytes = 0;
        }
        while (payloadBytes < payload.length) {
            int count = read(payload, payloadBytes);
            if (count == 0) {
                return null;
            }
            payloadBytes += count;
        }
        WireMessage message = WireMessage.decode(header, payload);
        payload = null;
        headerBytes = 0;
        return message;
    }

    /** How many bytes have been read from the ring. */
    long bytes() {
        return bytes;
    }

    private int read(byte[] target, int offset) throws CorruptRingException {
        int count = ring.read(target, offset, target.length - offset);
        bytes += count;
        return count;
    }
}
