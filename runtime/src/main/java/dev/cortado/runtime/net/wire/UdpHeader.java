package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** UDP's header (RFC 768). */
public final class UdpHeader {
    public static final int BYTES = 8;

    /** Where the checksum is. */
    public static final int CHECKSUM = 6;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int LENGTH = 4;

    private UdpHeader() {}

    /**
     * Whether it is a datagram.
     *
     * @param length bytes that are there in the first piece of the packet
     * @param total bytes of the whole packet; more than the datagram may be there (RFC 8085 says
     *     nothing else), fewer may not
     */
    public static boolean check(ByteBuffer bytes, int at, int length, int total) {
        return length >= BYTES && length(bytes, at) >= BYTES && length(bytes, at) <= total;
    }

    public static int sourcePort(ByteBuffer bytes, int at) {
        return bytes.getShort(at + SOURCE_PORT) & 0xffff;
    }

    public static int destinationPort(ByteBuffer bytes, int at) {
        return bytes.getShort(at + DESTINATION_PORT) & 0xffff;
    }

    /** Of header and data. */
    public static int length(ByteBuffer bytes, int at) {
        return bytes.getShort(at + LENGTH) & 0xffff;
    }

    /** 0: there is none. */
    public static int checksum(ByteBuffer bytes, int at) {
        return bytes.getShort(at + CHECKSUM) & 0xffff;
    }

    /** Writes a header; its checksum is 0. */
    public static void write(
            ByteBuffer bytes, int at, int sourcePort, int destinationPort, int length) {
        bytes.putShort(at + SOURCE_PORT, (short) sourcePort);
        bytes.putShort(at + DESTINATION_PORT, (short) destinationPort);
        bytes.putShort(at + LENGTH, (short) length);
        bytes.putShort(at + CHECKSUM, (short) 0);
    }

    /** A checksum that comes out as 0 is sent as all ones. */
    public static void setChecksum(ByteBuffer bytes, int at, int checksum) {
        bytes.putShort(at + CHECKSUM, (short) (checksum == 0 ? 0xffff : checksum));
    }
}
