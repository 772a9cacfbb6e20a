package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * The Internet's checksum (RFC 1071): the complement of the one's complement sum of 16-bit words. A
 * sum under way is a long that words are added to without regard to carries, which {@link #fold}
 * brings back; there is room for 2 GB.
 */
public final class InternetChecksum {
    private InternetChecksum() {}

    /** Adds bytes, as words that begin with the first of them; an odd one is followed by a 0. */
    public static long add(long sum, ByteBuffer bytes, int offset, int length) {
        long total = sum;
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = bytes.getLong(at);
            total += (word >>> 32) + (word & 0xffff_ffffL);
        }
        if (at <= end - Integer.BYTES) {
            total += bytes.getInt(at) & 0xffff_ffffL;
            at += Integer.BYTES;
        }
        if (at <= end - Short.BYTES) {
            total += bytes.getShort(at) & 0xffff;
            at += Short.BYTES;
        }
        if (at < end) {
            total += (bytes.get(at) & 0xff) << 8;
        }
        return total;
    }

    /**
     * Adds bytes that lie behind an odd number of others: the sum of words that begin at the other
     * byte is the same with its bytes exchanged (RFC 1071, 2, (B)).
     */
    public static long addOdd(long sum, ByteBuffer bytes, int offset, int length) {
        int part = fold(add(0, bytes, offset, length));
        return sum + (part << 8 & 0xff00 | part >>> 8);
    }

    /** The sum in 16 bits, not complemented. */
    public static int fold(long sum) {
        long folded = (sum >>> 32) + (sum & 0xffff_ffffL);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        folded = (folded >>> 16) + (folded & 0xffff);
        return (int) folded;
    }

    /** What goes into the field. */
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** Whether the sum of what has its checksum in it is right. */
    public static boolean isRight(long sum) {
        return fold(sum) == 0xffff;
    }

    /** The checksum of some bytes. */
    public static int of(ByteBuffer bytes, int offset, int length) {
        return finish(add(0, bytes, offset, length));
    }

    /** The checksum after a word of what it covers has changed (RFC 1624, equation 3). */
    public static int update(int checksum, int oldWord, int newWord) {
        return finish((~checksum & 0xffffL) + (~oldWord & 0xffff) + (newWord & 0xffff));
    }

    /** The sum of UDP's and TCP's pseudo-header over IPv4 (RFC 9293, 3.1). */
    public static long pseudoHeader(int source, int destination, int protocol, int length) {
        return (source & 0xffff_ffffL) + (destination & 0xffff_ffffL) + protocol + length;
    }

    /** The sum of the pseudo-header over IPv6 (RFC 8200, 8.1). */
    public static long pseudoHeader(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int nextHeader,
            int length) {
        return halves(sourceHigh)
                + halves(sourceLow)
                + halves(destinationHigh)
                + halves(destinationLow)
                + nextHeader
                + length;
    }

    private static long halves(long word) {
        return (word >>> 32) + (word & 0xffff_ffffL);
    }
}
