package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** IPv4's header (RFC 791, 3.1). */
public final class Ipv4Header {
    /** Without options. */
    public static final int BYTES = 20;

    public static final int MAXIMUM_BYTES = 60;

    public static final int MAXIMUM_PACKET_BYTES = 65535;

    /** What every link takes in one piece (RFC 791, 3.2). */
    public static final int MINIMUM_MTU = 68;

    private static final int VERSION = 0;
    private static final int TYPE_OF_SERVICE = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1fff;

    private static final int OPTION_END = 0;
    private static final int OPTION_NO_OPERATION = 1;
    private static final int OPTION_LOOSE_SOURCE_ROUTE = 131;
    private static final int OPTION_STRICT_SOURCE_ROUTE = 137;
    private static final int OPTION_ROUTER_ALERT = 148;

    private Ipv4Header() {}

    /**
     * Whether so many bytes have a header. That the packet itself, {@link #totalLength}, may be
     * longer is the caller's affair, since of a packet that ICMP quotes only the begin is there.
     */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        if (length < BYTES || bytes.get(at + VERSION) >>> 4 != 4) {
            return false;
        }
        int header = headerLength(bytes, at);
        return header >= BYTES && header <= length && totalLength(bytes, at) >= header;
    }

    public static boolean isChecksumRight(ByteBuffer bytes, int at) {
        return InternetChecksum.isRight(
                InternetChecksum.add(0, bytes, at, headerLength(bytes, at)));
    }

    /** In bytes, options included. */
    public static int headerLength(ByteBuffer bytes, int at) {
        return (bytes.get(at + VERSION) & 0xf) * 4;
    }

    public static int typeOfService(ByteBuffer bytes, int at) {
        return bytes.get(at + TYPE_OF_SERVICE) & 0xff;
    }

    /** Of header and contents. */
    public static int totalLength(ByteBuffer bytes, int at) {
        return bytes.getShort(at + TOTAL_LENGTH) & 0xffff;
    }

    public static int identification(ByteBuffer bytes, int at) {
        return bytes.getShort(at + IDENTIFICATION) & 0xffff;
    }

    public static boolean dontFragment(ByteBuffer bytes, int at) {
        return (bytes.getShort(at + FRAGMENT) & DONT_FRAGMENT) != 0;
    }

    public static boolean moreFragments(ByteBuffer bytes, int at) {
        return (bytes.getShort(at + FRAGMENT) & MORE_FRAGMENTS) != 0;
    }

    /** In bytes, a multiple of 8. */
    public static int fragmentOffset(ByteBuffer bytes, int at) {
        return (bytes.getShort(at + FRAGMENT) & FRAGMENT_OFFSET) * 8;
    }

    public static boolean isFragment(ByteBuffer bytes, int at) {
        return (bytes.getShort(at + FRAGMENT) & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0;
    }

    public static int timeToLive(ByteBuffer bytes, int at) {
        return bytes.get(at + TIME_TO_LIVE) & 0xff;
    }

    public static int protocol(ByteBuffer bytes, int at) {
        return bytes.get(at + PROTOCOL) & 0xff;
    }

    public static int source(ByteBuffer bytes, int at) {
        return bytes.getInt(at + SOURCE);
    }

    public static int destination(ByteBuffer bytes, int at) {
        return bytes.getInt(at + DESTINATION);
    }

    /**
     * Whether the options may be taken (RFC 1122, 3.2.1.8): each ends within the header, and none
     * is a source route, which only serves to go around filters (RFC 7126, 4.3 and 4.4).
     */
    public static boolean areOptionsFine(ByteBuffer bytes, int at) {
        int option = at + BYTES;
        int end = at + headerLength(bytes, at);
        while (option < end) {
            int type = bytes.get(option) & 0xff;
            if (type == OPTION_END) {
                return true;
            }
            if (type == OPTION_NO_OPERATION) {
                option++;
                continue;
            }
            int length = option + 1 < end ? bytes.get(option + 1) & 0xff : 0;
            if (length < 2
                    || length > end - option
                    || type == OPTION_LOOSE_SOURCE_ROUTE
                    || type == OPTION_STRICT_SOURCE_ROUTE) {
                return false;
            }
            option += length;
        }
        return true;
    }

    /** Whether the options, which {@link #areOptionsFine}, have Router Alert (RFC 2113, 2.1). */
    public static boolean hasRouterAlert(ByteBuffer bytes, int at) {
        int end = at + headerLength(bytes, at);
        for (int option = at + BYTES; option < end; ) {
            int type = bytes.get(option) & 0xff;
            if (type == OPTION_ROUTER_ALERT || type == OPTION_END) {
                return type == OPTION_ROUTER_ALERT;
            }
            option += type == OPTION_NO_OPERATION ? 1 : bytes.get(option + 1) & 0xff;
        }
        return false;
    }

    /** Writes a header with its checksum, without options, of a packet that is no fragment. */
    public static void write(
            ByteBuffer bytes,
            int at,
            int typeOfService,
            int totalLength,
            int identification,
            boolean dontFragment,
            int timeToLive,
            int protocol,
            int source,
            int destination) {
        bytes.put(at + VERSION, (byte) 0x45);
        bytes.put(at + TYPE_OF_SERVICE, (byte) typeOfService);
        bytes.putShort(at + TOTAL_LENGTH, (short) totalLength);
        bytes.putShort(at + IDENTIFICATION, (short) identification);
        bytes.putShort(at + FRAGMENT, (short) (dontFragment ? DONT_FRAGMENT : 0));
        bytes.put(at + TIME_TO_LIVE, (byte) timeToLive);
        bytes.put(at + PROTOCOL, (byte) protocol);
        bytes.putInt(at + SOURCE, source);
        bytes.putInt(at + DESTINATION, destination);
        sum(bytes, at, BYTES);
    }

    /** Makes a header one of a fragment, and sums it up again. */
    public static void setFragment(ByteBuffer bytes, int at, int offset, boolean more, int length) {
        bytes.putShort(at + TOTAL_LENGTH, (short) length);
        bytes.putShort(at + FRAGMENT, (short) (offset / 8 | (more ? MORE_FRAGMENTS : 0)));
        sum(bytes, at, headerLength(bytes, at));
    }

    /**
     * Writes Router Alert (RFC 2113, 2.1) behind the first 20 bytes of a header, which the caller
     * has moved 4 bytes down for that, and sums it up again.
     */
    public static void writeRouterAlert(ByteBuffer bytes, int at) {
        bytes.put(at + VERSION, (byte) 0x46);
        bytes.putInt(at + BYTES, 0x9404_0000);
        sum(bytes, at, BYTES + 4);
    }

    private static void sum(ByteBuffer bytes, int at, int length) {
        bytes.putShort(at + CHECKSUM, (short) 0);
        bytes.putShort(at + CHECKSUM, (short) InternetChecksum.of(bytes, at, length));
    }
}
