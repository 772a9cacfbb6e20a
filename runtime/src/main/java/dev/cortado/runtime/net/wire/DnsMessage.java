package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** A DNS message: its header, question and resource records (RFC 1035, 4; RFC 6891, 6). */
public final class DnsMessage {
    public static final int PORT = 53;
    public static final int HEADER_BYTES = 12;

    public static final int TYPE_A = 1;
    public static final int TYPE_CNAME = 5;
    public static final int TYPE_SOA = 6;
    public static final int TYPE_AAAA = 28;
    public static final int TYPE_OPT = 41;
    public static final int CLASS_INTERNET = 1;

    public static final int NO_ERROR = 0;
    public static final int FORMAT_ERROR = 1;
    public static final int SERVER_FAILURE = 2;
    public static final int NAME_ERROR = 3;
    public static final int NOT_IMPLEMENTED = 4;
    public static final int REFUSED = 5;

    /**
     * Of an answer by UDP that we take: what fits into one packet nearly everywhere (DNS flag day).
     */
    public static final int UDP_BYTES = 1232;

    private static final int FLAGS = 2;
    private static final int QUESTIONS = 4;
    private static final int ANSWERS = 6;
    private static final int AUTHORITIES = 8;
    private static final int ADDITIONAL = 10;

    private static final int RESPONSE = 0x8000;
    private static final int OPERATION = 0x7800;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;

    private DnsMessage() {}

    /** Whether so many bytes are an answer to one question. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= HEADER_BYTES
                && (flags(bytes, at) & RESPONSE) != 0
                && (flags(bytes, at) & OPERATION) == 0
                && count(bytes, at + QUESTIONS) == 1;
    }

    public static int identifier(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }

    private static int flags(ByteBuffer bytes, int at) {
        return bytes.getShort(at + FLAGS) & 0xffff;
    }

    public static int responseCode(ByteBuffer bytes, int at) {
        return flags(bytes, at) & 0xf;
    }

    public static boolean isTruncated(ByteBuffer bytes, int at) {
        return (flags(bytes, at) & TRUNCATED) != 0;
    }

    private static int count(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }

    public static int answers(ByteBuffer bytes, int at) {
        return count(bytes, at + ANSWERS);
    }

    public static int authorities(ByteBuffer bytes, int at) {
        return count(bytes, at + AUTHORITIES);
    }

    /**
     * Whether the question is that one.
     *
     * @return the offset behind it, from the message's begin, or -1
     */
    public static int question(ByteBuffer bytes, int at, int length, String name, int type) {
        StringBuilder text = new StringBuilder();
        int end = DnsName.read(bytes, at, length, HEADER_BYTES, text);
        boolean isSame =
                end >= 0
                        && end + 4 <= length
                        && text.toString().equals(name)
                        && count(bytes, at + end) == type
                        && count(bytes, at + end + 2) == CLASS_INTERNET;
        return isSame ? end + 4 : -1;
    }

    /**
     * Writes a query.
     *
     * @param name canonical, which can be asked for
     * @param hasExtension whether to say that a longer answer is taken (RFC 6891, 6.1)
     * @return its length; at most 12 and 255 and 4 and 11
     */
    public static int writeQuery(
            ByteBuffer bytes, int at, int identifier, String name, int type, boolean hasExtension) {
        bytes.putShort(at, (short) identifier);
        bytes.putShort(at + FLAGS, (short) RECURSION_DESIRED);
        bytes.putShort(at + QUESTIONS, (short) 1);
        bytes.putShort(at + ANSWERS, (short) 0);
        bytes.putShort(at + AUTHORITIES, (short) 0);
        bytes.putShort(at + ADDITIONAL, (short) (hasExtension ? 1 : 0));
        int next = DnsName.write(bytes, at + HEADER_BYTES, name);
        bytes.putShort(next, (short) type);
        bytes.putShort(next + 2, (short) CLASS_INTERNET);
        next += 4;
        if (hasExtension) {
            bytes.put(next, (byte) 0);
            bytes.putShort(next + 1, (short) TYPE_OPT);
            bytes.putShort(next + 3, (short) UDP_BYTES);
            bytes.putInt(next + 5, 0);
            bytes.putShort(next + 9, (short) 0);
            next += 11;
        }
        return next - at;
    }
}
