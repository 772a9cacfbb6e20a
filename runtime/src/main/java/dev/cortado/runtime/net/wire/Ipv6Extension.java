package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** IPv6's extension headers (RFC 8200, 4). */
public final class Ipv6Extension {
    public static final int FRAGMENT_BYTES = 8;

    /** What to do with an option that is not known (RFC 8200, 4.2), the two high bits of it. */
    public static final int SKIP = 0;

    public static final int DISCARD = 1;
    public static final int DISCARD_AND_TELL = 2;
    public static final int DISCARD_AND_TELL_UNICAST = 3;

    private static final int NEXT_HEADER = 0;
    private static final int LENGTH = 1;
    private static final int SEGMENTS_LEFT = 3;
    private static final int FRAGMENT_OFFSET = 2;
    private static final int FRAGMENT_IDENTIFICATION = 4;

    private static final int OPTION_PAD_ONE = 0;
    private static final int OPTION_PAD_N = 1;
    private static final int OPTION_ROUTER_ALERT = 5;
    private static final int OPTION_JUMBO = 0xc2;

    private Ipv6Extension() {}

    /** Whether it is a header with options or a route, whose length is in its second byte. */
    public static boolean hasLength(int kind) {
        return kind == IpProtocol.HOP_BY_HOP
                || kind == IpProtocol.ROUTING
                || kind == IpProtocol.DESTINATION_OPTIONS;
    }

    /** Whether so many bytes have the header, of those that {@link #hasLength} knows. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= 8 && length(bytes, at) <= length;
    }

    public static int nextHeader(ByteBuffer bytes, int at) {
        return bytes.get(at + NEXT_HEADER) & 0xff;
    }

    /** In bytes. */
    public static int length(ByteBuffer bytes, int at) {
        return ((bytes.get(at + LENGTH) & 0xff) + 1) * 8;
    }

    /** Of a routing header. */
    public static int segmentsLeft(ByteBuffer bytes, int at) {
        return bytes.get(at + SEGMENTS_LEFT) & 0xff;
    }

    /** In bytes, a multiple of 8. */
    public static int fragmentOffset(ByteBuffer bytes, int at) {
        return bytes.getShort(at + FRAGMENT_OFFSET) & 0xfff8;
    }

    public static boolean moreFragments(ByteBuffer bytes, int at) {
        return (bytes.getShort(at + FRAGMENT_OFFSET) & 1) != 0;
    }

    public static int fragmentIdentification(ByteBuffer bytes, int at) {
        return bytes.getInt(at + FRAGMENT_IDENTIFICATION);
    }

    public static void writeFragment(
            ByteBuffer bytes,
            int at,
            int nextHeader,
            int offset,
            boolean more,
            int identification) {
        bytes.put(at + NEXT_HEADER, (byte) nextHeader);
        bytes.put(at + LENGTH, (byte) 0);
        bytes.putShort(at + FRAGMENT_OFFSET, (short) (offset | (more ? 1 : 0)));
        bytes.putInt(at + FRAGMENT_IDENTIFICATION, identification);
    }

    /** A hop-by-hop header of 8 bytes with a router alert for MLD (RFC 2711, 2.1). */
    public static void writeRouterAlert(ByteBuffer bytes, int at, int nextHeader) {
        bytes.put(at + NEXT_HEADER, (byte) nextHeader);
        bytes.put(at + LENGTH, (byte) 0);
        bytes.putInt(at + 2, OPTION_ROUTER_ALERT << 24 | 2 << 16);
        bytes.putShort(at + 6, (short) (OPTION_PAD_N << 8));
    }

    /** Whether a hop-by-hop header that was checked has a router alert (RFC 2711, 2.1). */
    public static boolean hasRouterAlert(ByteBuffer bytes, int at) {
        int end = at + length(bytes, at);
        for (int option = at + 2; option < end; ) {
            int type = bytes.get(option) & 0xff;
            if (type == OPTION_ROUTER_ALERT) {
                return true;
            }
            option +=
                    type == OPTION_PAD_ONE || option + 1 == end
                            ? 1
                            : 2 + (bytes.get(option + 1) & 0xff);
        }
        return false;
    }

    /**
     * Looks for an option that is not known in a hop-by-hop or destination header that was checked.
     *
     * @return the offset of the first that does not allow to go on, or -1 if there is none, or -2
     *     if an option does not end within the header
     */
    public static int unknownOption(ByteBuffer bytes, int at) {
        int option = at + 2;
        int end = at + length(bytes, at);
        while (option < end) {
            int type = bytes.get(option) & 0xff;
            if (type == OPTION_PAD_ONE) {
                option++;
                continue;
            }
            if (option + 2 > end || option + 2 + (bytes.get(option + 1) & 0xff) > end) {
                return -2;
            }
            if (type != OPTION_PAD_N
                    && type != OPTION_ROUTER_ALERT
                    && (action(bytes, option) != SKIP || type == OPTION_JUMBO)) {
                return option;
            }
            option += 2 + (bytes.get(option + 1) & 0xff);
        }
        return -1;
    }

    /** What an option that is not known wants to be done. */
    public static int action(ByteBuffer bytes, int option) {
        return bytes.get(option) >>> 6 & 3;
    }
}
