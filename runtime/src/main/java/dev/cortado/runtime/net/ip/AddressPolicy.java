package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv6;

/** RFC 6724's table of prefixes with precedences and labels (2.1). */
final class AddressPolicy {
    /** Upper and lower half, prefix length, precedence and label, the longest prefix first. */
    private static final long[][] TABLE = {
        {0, 1, 128, 50, 0},
        {0, Ipv6.MAPPED_LOW, 96, 35, 4},
        {0, 0, 96, 1, 3},
        {0x2001_0000L << 32, 0, 32, 5, 5},
        {0x2002L << 48, 0, 16, 30, 2},
        {0x3ffeL << 48, 0, 16, 1, 12},
        {0xfec0L << 48, 0, 10, 1, 11},
        {0xfc00L << 48, 0, 7, 3, 13},
        {0, 0, 0, 40, 1},
    };

    private AddressPolicy() {}

    static int label(long high, long low) {
        return (int) entry(high, low)[4];
    }

    static int precedence(long high, long low) {
        return (int) entry(high, low)[3];
    }

    private static long[] entry(long high, long low) {
        for (long[] entry : TABLE) {
            if (Ipv6.isIn(high, low, entry[0], entry[1], (int) entry[2])) {
                return entry;
            }
        }
        throw new IllegalStateException("The last prefix has everything in it");
    }
}
