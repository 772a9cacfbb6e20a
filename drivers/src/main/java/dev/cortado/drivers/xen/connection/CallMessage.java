package dev.cortado.drivers.xen.connection;

import java.io.IOException;
import java.util.Arrays;

/**
 * A request or a reply on its way between domains: 8 bytes of the call's number, little-endian, one
 * of what it is, and the rest.
 */
public record CallMessage(long number, int kind, byte[] body) {
    public static final int REQUEST = 0;
    public static final int REPLY = 1;

    /** The service refused, or died of it; the body says why, as text. */
    public static final int REFUSED = 2;

    /** The service behind the endpoint has ended. */
    public static final int ENDED = 3;

    private static final int HEADER_BYTES = 9;

    public byte[] encode() {
        byte[] bytes = new byte[HEADER_BYTES + body.length];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (number >>> 8 * i);
        }
        bytes[Long.BYTES] = (byte) kind;
        System.arraycopy(body, 0, bytes, HEADER_BYTES, body.length);
        return bytes;
    }

    public static CallMessage decode(byte[] bytes) throws IOException {
        if (bytes.length < HEADER_BYTES) {
            throw new IOException("A message of " + bytes.length + " bytes is no call");
        }
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number |= (bytes[i] & 0xffL) << 8 * i;
        }
        return new CallMessage(
                number, bytes[Long.BYTES], Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
    }
}
