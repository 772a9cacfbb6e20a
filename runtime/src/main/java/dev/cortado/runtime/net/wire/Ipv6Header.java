package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** IPv6's header (RFC 8200, 3). */
public final class Ipv6Header {
    public static final int BYTES = 40;

    /** What every link takes in one piece (RFC 8200, 5). */
    public static final int MINIMUM_MTU = 1280;

    private static final int VERSION = 0;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;

    private Ipv6Header() {}

    /** Whether so many bytes have a header; the payload may be longer than what is there. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= BYTES && (bytes.get(at + VERSION) >>> 4 & 0xf) == 6;
    }

    public static int trafficClass(ByteBuffer bytes, int at) {
        return bytes.getInt(at + VERSION) >>> 20 & 0xff;
    }

    public static int flowLabel(ByteBuffer bytes, int at) {
        return bytes.getInt(at + VERSION) & 0xf_ffff;
    }

    /** Of everything behind this header, extension headers included. */
    public static int payloadLength(ByteBuffer bytes, int at) {
        return bytes.getShort(at + PAYLOAD_LENGTH) & 0xffff;
    }

    public static int nextHeader(ByteBuffer bytes, int at) {
        return bytes.get(at + NEXT_HEADER) & 0xff;
    }

    public static int hopLimit(ByteBuffer bytes, int at) {
        return bytes.get(at + HOP_LIMIT) & 0xff;
    }

    public static long sourceHigh(ByteBuffer bytes, int at) {
        return bytes.getLong(at + SOURCE);
    }

    public static long sourceLow(ByteBuffer bytes, int at) {
        return bytes.getLong(at + SOURCE + 8);
    }

    public static long destinationHigh(ByteBuffer bytes, int at) {
        return bytes.getLong(at + DESTINATION);
    }

    public static long destinationLow(ByteBuffer bytes, int at) {
        return bytes.getLong(at + DESTINATION + 8);
    }

    /** Writes a header; its addresses are written by {@link #writeAddresses}. */
    public static void write(
            ByteBuffer bytes,
            int at,
            int trafficClass,
            int flowLabel,
            int payloadLength,
            int nextHeader,
            int hopLimit) {
        bytes.putInt(at + VERSION, 6 << 28 | trafficClass << 20 | flowLabel);
        bytes.putShort(at + PAYLOAD_LENGTH, (short) payloadLength);
        bytes.put(at + NEXT_HEADER, (byte) nextHeader);
        bytes.put(at + HOP_LIMIT, (byte) hopLimit);
    }

    public static void writeAddresses(
            ByteBuffer bytes,
            int at,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow) {
        bytes.putLong(at + SOURCE, sourceHigh);
        bytes.putLong(at + SOURCE + 8, sourceLow);
        bytes.putLong(at + DESTINATION, destinationHigh);
        bytes.putLong(at + DESTINATION + 8, destinationLow);
    }
}
