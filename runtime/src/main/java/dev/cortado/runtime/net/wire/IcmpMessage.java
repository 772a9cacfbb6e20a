package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** ICMP for IPv4 (RFC 792), and what ICMPv6 has in common with it: the first 8 bytes. */
public final class IcmpMessage {
    public static final int HEADER_BYTES = 8;

    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    /** Codes of DESTINATION_UNREACHABLE (RFC 792; RFC 1122, 3.2.2.1; RFC 1812, 5.2.7.1). */
    public static final int NETWORK = 0;

    public static final int HOST = 1;
    public static final int PROTOCOL = 2;
    public static final int PORT = 3;
    public static final int FRAGMENTATION_NEEDED = 4;
    public static final int SOURCE_ROUTE_FAILED = 5;
    public static final int NETWORK_PROHIBITED = 9;
    public static final int HOST_PROHIBITED = 10;
    public static final int PROHIBITED = 13;

    /** Codes of TIME_EXCEEDED. */
    public static final int IN_TRANSIT = 0;

    public static final int REASSEMBLY = 1;

    public static final int CHECKSUM = 2;

    private static final int TYPE = 0;
    private static final int CODE = 1;
    private static final int IDENTIFIER = 4;
    private static final int SEQUENCE = 6;

    private IcmpMessage() {}

    /** Whether so many bytes are a message. */
    public static boolean check(int length) {
        return length >= HEADER_BYTES;
    }

    public static int type(ByteBuffer bytes, int at) {
        return bytes.get(at + TYPE) & 0xff;
    }

    public static int code(ByteBuffer bytes, int at) {
        return bytes.get(at + CODE) & 0xff;
    }

    /** Of an echo. */
    public static int identifier(ByteBuffer bytes, int at) {
        return bytes.getShort(at + IDENTIFIER) & 0xffff;
    }

    /** Of an echo. */
    public static int sequence(ByteBuffer bytes, int at) {
        return bytes.getShort(at + SEQUENCE) & 0xffff;
    }

    /** The word behind the checksum: a pointer, an MTU, or nothing. */
    public static int parameter(ByteBuffer bytes, int at) {
        return bytes.getInt(at + IDENTIFIER);
    }

    /** The next hop's MTU in FRAGMENTATION_NEEDED (RFC 1191, 4); 0 from old routers. */
    public static int nextMtu(ByteBuffer bytes, int at) {
        return bytes.getShort(at + SEQUENCE) & 0xffff;
    }

    /** Whether a type of IPv4's is an error's, about which no error is sent. */
    public static boolean isError(int type) {
        return type == DESTINATION_UNREACHABLE
                || type == SOURCE_QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /** Writes the first 8 bytes; the checksum is 0. */
    public static void write(ByteBuffer bytes, int at, int type, int code, int parameter) {
        bytes.put(at + TYPE, (byte) type);
        bytes.put(at + CODE, (byte) code);
        bytes.putShort(at + CHECKSUM, (short) 0);
        bytes.putInt(at + IDENTIFIER, parameter);
    }

    public static void setChecksum(ByteBuffer bytes, int at, int checksum) {
        bytes.putShort(at + CHECKSUM, (short) checksum);
    }
}
