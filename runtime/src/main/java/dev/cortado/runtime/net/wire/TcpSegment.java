package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** TCP's header (RFC 9293, 3.1). */
public final class TcpSegment {
    /** Without options. */
    public static final int HEADER_BYTES = 20;

    /** With as many options as fit. */
    public static final int MAXIMUM_HEADER_BYTES = 60;

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;

    /** RFC 3168, 6.1. */
    public static final int ECE = 0x40;

    public static final int CWR = 0x80;

    /** Where the checksum is. */
    public static final int CHECKSUM = 16;

    private static final int SOURCE_PORT = 0;
    private static final int DESTINATION_PORT = 2;
    private static final int SEQUENCE = 4;
    private static final int ACKNOWLEDGMENT = 8;
    private static final int DATA_OFFSET = 12;
    private static final int FLAGS = 13;
    private static final int WINDOW = 14;
    private static final int URGENT_POINTER = 18;

    private TcpSegment() {}

    /** Whether so many bytes are a segment: its header, options included, is within them. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        if (length < HEADER_BYTES) {
            return false;
        }
        int header = headerLength(bytes, at);
        return header >= HEADER_BYTES && header <= length;
    }

    public static int sourcePort(ByteBuffer bytes, int at) {
        return bytes.getShort(at + SOURCE_PORT) & 0xffff;
    }

    public static int destinationPort(ByteBuffer bytes, int at) {
        return bytes.getShort(at + DESTINATION_PORT) & 0xffff;
    }

    public static int sequence(ByteBuffer bytes, int at) {
        return bytes.getInt(at + SEQUENCE);
    }

    public static int acknowledgment(ByteBuffer bytes, int at) {
        return bytes.getInt(at + ACKNOWLEDGMENT);
    }

    /** In bytes, options included. */
    public static int headerLength(ByteBuffer bytes, int at) {
        return (bytes.get(at + DATA_OFFSET) >>> 4 & 0xf) * 4;
    }

    public static int flags(ByteBuffer bytes, int at) {
        return bytes.get(at + FLAGS) & 0xff;
    }

    /** As it is in the header, not scaled. */
    public static int window(ByteBuffer bytes, int at) {
        return bytes.getShort(at + WINDOW) & 0xffff;
    }

    public static int urgentPointer(ByteBuffer bytes, int at) {
        return bytes.getShort(at + URGENT_POINTER) & 0xffff;
    }

    /**
     * Writes a header; its checksum is 0, its urgent pointer too.
     *
     * @param headerLength a multiple of 4 from 20 to 60; the options behind the first 20 bytes are
     *     the caller's to write
     */
    public static void write(
            ByteBuffer bytes,
            int at,
            int sourcePort,
            int destinationPort,
            int sequence,
            int acknowledgment,
            int headerLength,
            int flags,
            int window) {
        bytes.putShort(at + SOURCE_PORT, (short) sourcePort);
        bytes.putShort(at + DESTINATION_PORT, (short) destinationPort);
        bytes.putInt(at + SEQUENCE, sequence);
        bytes.putInt(at + ACKNOWLEDGMENT, acknowledgment);
        bytes.put(at + DATA_OFFSET, (byte) (headerLength / 4 << 4));
        bytes.put(at + FLAGS, (byte) flags);
        bytes.putShort(at + WINDOW, (short) window);
        bytes.putShort(at + CHECKSUM, (short) 0);
        bytes.putShort(at + URGENT_POINTER, (short) 0);
    }

    public static void setChecksum(ByteBuffer bytes, int at, int checksum) {
        bytes.putShort(at + CHECKSUM, (short) checksum);
    }
}
