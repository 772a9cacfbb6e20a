package dev.cortado.runtime.net.address;

/**
 * Kinds of IPv6 addresses (RFC 4291, RFC 6890). An address is two longs in network order. The
 * IPv4-mapped ones stand for IPv4's (RFC 4291, 2.5.5.2) and are never on a wire.
 */
public final class Ipv6 {
    /** The lower half of IPv4-mapped addresses is this and the IPv4 address. */
    public static final long MAPPED_LOW = 0xffff_0000_0000L;

    public static final long LINK_LOCAL_HIGH = 0xfe80_0000_0000_0000L;

    private static final long ALL_LINK_LOCAL_HIGH = 0xff02_0000_0000_0000L;

    /** ff02::1:ff00:0, to which 24 bits of an address are added (RFC 4291, 2.7.1). */
    public static final long SOLICITED_NODE_HIGH = ALL_LINK_LOCAL_HIGH;

    public static final long SOLICITED_NODE_LOW = 0x0000_0001_ff00_0000L;

    /** ff02::1 and ff02::2. */
    public static final long ALL_NODES_HIGH = ALL_LINK_LOCAL_HIGH;

    public static final long ALL_NODES_LOW = 1;
    public static final long ALL_ROUTERS_HIGH = ALL_LINK_LOCAL_HIGH;
    public static final long ALL_ROUTERS_LOW = 2;

    private Ipv6() {}

    public static long mappedLow(int ipv4) {
        return MAPPED_LOW | ipv4 & 0xffff_ffffL;
    }

    /** Whether it is an IPv4 address, which is its lower 32 bits. */
    public static boolean isMapped(long high, long low) {
        return high == 0 && low >>> 32 == 0xffff;
    }

    public static boolean isUnspecified(long high, long low) {
        return high == 0 && low == 0;
    }

    public static boolean isLoopback(long high, long low) {
        return high == 0 && low == 1;
    }

    public static boolean isMulticast(long high) {
        return high >>> 56 == 0xff;
    }

    /** fe80::/10. */
    public static boolean isLinkLocal(long high) {
        return high >>> 54 == 0xfe80 >>> 6;
    }

    /** Of a multicast address: 1 interface, 2 link, 5 site, 14 global (RFC 7346, 2). */
    public static int multicastScope(long high) {
        return (int) (high >>> 48) & 0xf;
    }

    /** Whether it can be one host's address on a wire. */
    public static boolean isUnicast(long high, long low) {
        return !isMulticast(high)
                && !isUnspecified(high, low)
                && !isLoopback(high, low)
                && !isMapped(high, low);
    }

    /** The lower half of the solicited-node address of an address. */
    public static long solicitedNodeLow(long low) {
        return SOLICITED_NODE_LOW | low & 0xff_ffff;
    }

    /** The upper half of a prefix's mask. */
    public static long maskHigh(int prefixLength) {
        return prefixLength == 0 ? 0 : prefixLength >= 64 ? -1 : -1L << 64 - prefixLength;
    }

    /** The lower half of a prefix's mask. */
    public static long maskLow(int prefixLength) {
        return prefixLength <= 64 ? 0 : -1L << 128 - prefixLength;
    }

    /** Whether the address is in the prefix, whose bits behind its length do not matter. */
    public static boolean isIn(
            long high, long low, long prefixHigh, long prefixLow, int prefixLength) {
        return ((high ^ prefixHigh) & maskHigh(prefixLength)) == 0
                && ((low ^ prefixLow) & maskLow(prefixLength)) == 0;
    }

    /** How many of the first bits are the same, 0 to 128. */
    public static int commonPrefix(long highA, long lowA, long highB, long lowB) {
        return highA != highB
                ? Long.numberOfLeadingZeros(highA ^ highB)
                : 64 + Long.numberOfLeadingZeros(lowA ^ lowB);
    }
}
