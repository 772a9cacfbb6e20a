package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * Multicast listener discovery of both versions (RFC 2710, 3; RFC 3810, 5). Types are {@link
 * Icmpv6Message}'s.
 */
public final class ListenerMessage {
    /** Of a query, a report and a done of version 1. */
    public static final int BYTES = 24;

    public static final int QUERY_2_BYTES = BYTES + GroupMessage.QUERY_END_BYTES;

    public static final int ADDRESS_BYTES = 16;

    /** ff02::16, who gets reports (RFC 3810, 5.2.14). */
    public static final long ALL_MLD2_ROUTERS_HIGH = 0xff02_0000_0000_0000L;

    public static final long ALL_MLD2_ROUTERS_LOW = 0x16;

    private static final int CODE = 4;
    private static final int GROUP = 8;
    private static final long MILLISECOND = 1_000_000L;

    private ListenerMessage() {}

    /** A query's version (RFC 3810, 8.1); 0 if there is none of that length. */
    public static int queryVersion(int length) {
        return length == BYTES ? 1 : length >= QUERY_2_BYTES ? 2 : 0;
    }

    /** Nanoseconds in which a query of a version is to be answered. */
    public static long answerTime(ByteBuffer bytes, int at, int version) {
        int code = bytes.getShort(at + CODE) & 0xffff;
        return (version == 1 ? code : GroupMessage.expand(code, 12)) * MILLISECOND;
    }

    public static long groupHigh(ByteBuffer bytes, int at) {
        return bytes.getLong(at + GROUP);
    }

    public static long groupLow(ByteBuffer bytes, int at) {
        return bytes.getLong(at + GROUP + 8);
    }

    /** Where a query of version 2 has its end. */
    public static int queryEnd(int at) {
        return at + BYTES;
    }

    /** Writes a message of version 1, without its checksum. */
    public static void write(ByteBuffer bytes, int at, int type, long groupHigh, long groupLow) {
        bytes.putInt(at, type << 24);
        bytes.putInt(at + CODE, 0);
        bytes.putLong(at + GROUP, groupHigh);
        bytes.putLong(at + GROUP + 8, groupLow);
    }
}
