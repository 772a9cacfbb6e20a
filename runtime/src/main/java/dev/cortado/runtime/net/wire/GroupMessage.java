package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * What IGMPv3's messages and MLDv2's have in common (RFC 3376, 4; RFC 3810, 5): the end of a query,
 * which lies behind the group's address, and reports, which are the same but for the addresses'
 * length.
 */
public final class GroupMessage {
    /** Of a query, behind the group's address; its sources follow. */
    public static final int QUERY_END_BYTES = 4;

    /** Of a report, before its records. */
    public static final int REPORT_BYTES = 8;

    /** Of a record, before the group's address and the sources'. */
    public static final int RECORD_BYTES = 4;

    /** Kinds of records (RFC 3376, 4.2.12; RFC 3810, 5.2.12). */
    public static final int MODE_IS_INCLUDE = 1;

    public static final int MODE_IS_EXCLUDE = 2;
    public static final int CHANGE_TO_INCLUDE = 3;
    public static final int CHANGE_TO_EXCLUDE = 4;
    public static final int ALLOW_NEW_SOURCES = 5;
    public static final int BLOCK_OLD_SOURCES = 6;

    private static final int INTERVAL = 1;
    private static final int QUERY_SOURCES = 2;
    private static final int REPORT_RECORDS = 6;
    private static final int RECORD_SOURCES = 2;

    private GroupMessage() {}

    /**
     * How often the querier has messages repeated; 0 if it does not say.
     *
     * @param end where the end of a query begins
     */
    public static int robustness(ByteBuffer bytes, int end) {
        return bytes.get(end) & 7;
    }

    /** Seconds between general queries; 0 if the querier does not say. */
    public static int queryInterval(ByteBuffer bytes, int end) {
        return expand(bytes.get(end + INTERVAL) & 0xff, 4);
    }

    public static int querySources(ByteBuffer bytes, int end) {
        return bytes.getShort(end + QUERY_SOURCES) & 0xffff;
    }

    /**
     * What a code stands for whose first bit says whether it is a number, or three bits of an
     * exponent and a mantissa (RFC 3376, 4.1.1; RFC 3810, 5.1.3).
     *
     * @param mantissaBits 4 or 12
     */
    static int expand(int code, int mantissaBits) {
        int first = 1 << mantissaBits + 3;
        if (code < first) {
            return code;
        }
        int exponent = code >>> mantissaBits & 7;
        int mantissa = code & (1 << mantissaBits) - 1 | 1 << mantissaBits;
        return mantissa << exponent + 3;
    }

    /** Writes a report's first bytes; the checksum is 0. */
    public static void writeReport(ByteBuffer bytes, int at, int type) {
        bytes.putInt(at, type << 24);
        bytes.putInt(at + 4, 0);
    }

    public static void setRecords(ByteBuffer bytes, int at, int records) {
        bytes.putShort(at + REPORT_RECORDS, (short) records);
    }

    /** Writes a record's first bytes, without auxiliary data. */
    public static void writeRecord(ByteBuffer bytes, int at, int kind, int sources) {
        bytes.putShort(at, (short) (kind << 8));
        bytes.putShort(at + RECORD_SOURCES, (short) sources);
    }
}
