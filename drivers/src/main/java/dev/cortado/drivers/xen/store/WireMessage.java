package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.ring.CorruptRingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message of the xenstore protocol, either way: {@code struct xsd_sockmsg} of
 * public/io/xs_wire.h, and the payload behind it.
 *
 * <pre>
 *    0  type
 *    4  request id       echoed in the reply; 0 in a watch's event
 *    8  transaction id   0 for none
 *   12  length           of the payload, at most 4096
 *   16  the payload
 * </pre>
 *
 * @param type null for one that this client does not know
 */
record WireMessage(MessageType type, int requestId, int transactionId, byte[] payload) {
    static final int HEADER_BYTES = 16;

    /** XENSTORE_PAYLOAD_MAX: xenstored drops the connection of who sends more. */
    static final int MAXIMUM_PAYLOAD = 4096;

    private static final int TYPE = 0;
    private static final int REQUEST_ID = 4;
    private static final int TRANSACTION_ID = 8;
    private static final int LENGTH = 12;

    /** Only of a payload that is not too long. */
    byte[] encode() {
        byte[] bytes = new byte[HEADER_BYTES + payload.length];
        putInt(bytes, TYPE, type.number());
        putInt(bytes, REQUEST_ID, requestId);
        putInt(bytes, TRANSACTION_ID, transactionId);
        putInt(bytes, LENGTH, payload.length);
        System.arraycopy(payload, 0, bytes, HEADER_BYTES, payload.length);
        return bytes;
    }

    /** The length of the payload that a header announces. */
    static int payloadLength(byte[] header) throws CorruptRingException {
        int length = getInt(header, LENGTH);
        if (length < 0 || length > MAXIMUM_PAYLOAD) {
            throw new CorruptRingException(
                    "a message says that it has " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    static WireMessage decode(byte[] header, byte[] payload) {
        return new WireMessage(
                MessageType.of(getInt(header, TYPE)),
                getInt(header, REQUEST_ID),
                getInt(header, TRANSACTION_ID),
                payload);
    }

    /**
     * The texts of a payload, each of which ends with a NUL; null if there is one that does not.
     */
    List<byte[]> texts() {
        List<byte[]> texts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < payload.length; i++) {
            if (payload[i] == 0) {
                texts.add(Arrays.copyOfRange(payload, start, i));
                start = i + 1;
            }
        }
        return start == payload.length ? texts : null;
    }

    private static void putInt(byte[] bytes, int offset, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[offset + i] = (byte) (value >>> 8 * i);
        }
    }

    private static int getInt(byte[] bytes, int offset) {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value |= (bytes[offset + i] & 0xff) << 8 * i;
        }
        return value;
    }
}
