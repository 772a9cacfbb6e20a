package dev.cortado.runtime.net.wire;

import dev.cortado.runtime.net.address.Ipv4;
import java.nio.ByteBuffer;

/** IGMP of all versions (RFC 1112, appendix I; RFC 2236, 2; RFC 3376, 4). */
public final class IgmpMessage {
    /** What all have; a query and a report of the older versions have no more. */
    public static final int BYTES = 8;

    public static final int QUERY_3_BYTES = BYTES + GroupMessage.QUERY_END_BYTES;

    public static final int ADDRESS_BYTES = 4;

    public static final int QUERY = 0x11;
    public static final int REPORT_1 = 0x12;
    public static final int REPORT_2 = 0x16;
    public static final int LEAVE_2 = 0x17;
    public static final int REPORT_3 = 0x22;

    /** 224.0.0.1, in which every host is and of which none tells. */
    public static final int ALL_SYSTEMS = Ipv4.of(224, 0, 0, 1);

    /** 224.0.0.2, who is told that somebody leaves (RFC 2236, 3). */
    public static final int ALL_ROUTERS = Ipv4.of(224, 0, 0, 2);

    /** 224.0.0.22, who gets reports (RFC 3376, 4.2.14). */
    public static final int ALL_IGMP3_ROUTERS = Ipv4.of(224, 0, 0, 22);

    private static final int CODE = 1;
    private static final int CHECKSUM = 2;
    private static final int GROUP = 4;
    private static final long TENTH = 100_000_000L;

    /** RFC 2236, 4, and RFC 3376, 4.1.1: tenths of seconds of a query without a time. */
    private static final int DEFAULT_TENTHS = 100;

    private IgmpMessage() {}

    public static int type(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0xff;
    }

    /** A query's version (RFC 3376, 7.1); 0 if there is none of that length. */
    public static int queryVersion(ByteBuffer bytes, int at, int length) {
        if (length == BYTES) {
            return bytes.get(at + CODE) == 0 ? 1 : 2;
        }
        return length >= QUERY_3_BYTES ? 3 : 0;
    }

    /** Nanoseconds in which a query of a version is to be answered. */
    public static long answerTime(ByteBuffer bytes, int at, int version) {
        int code = bytes.get(at + CODE) & 0xff;
        return switch (version) {
            case 1 -> DEFAULT_TENTHS * TENTH;
            case 2 -> code * TENTH;
            default -> GroupMessage.expand(code, 4) * TENTH;
        };
    }

    public static int group(ByteBuffer bytes, int at) {
        return bytes.getInt(at + GROUP);
    }

    /** Where a query of version 3 has its end. */
    public static int queryEnd(int at) {
        return at + BYTES;
    }

    /** Writes a message of one of the older versions, without its checksum. */
    public static void write(ByteBuffer bytes, int at, int type, int group) {
        bytes.putInt(at, type << 24);
        bytes.putInt(at + GROUP, group);
    }

    /** Sums a message up. */
    public static void sum(ByteBuffer bytes, int at, int length) {
        bytes.putShort(at + CHECKSUM, (short) 0);
        bytes.putShort(at + CHECKSUM, (short) InternetChecksum.of(bytes, at, length));
    }
}
