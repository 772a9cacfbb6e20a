package dev.cortado.runtime.net.tcp.sequence;

/**
 * Sequence numbers (RFC 9293, 3.4): 32 bits on the wire, modulo 2^32. Inside a connection they are
 * positions of 64 bits, which never wrap and are compared as plain numbers: the lower half of a
 * position is what the wire carries.
 */
public final class SequenceNumber {
    private SequenceNumber() {}

    /** The position of an initial sequence number. */
    public static long first(int wire) {
        return Integer.toUnsignedLong(wire);
    }

    /**
     * The position with these lower 32 bits that is nearest to a known one: less than 2^31 away.
     */
    public static long near(long known, int wire) {
        return known + (wire - (int) known);
    }

    public static int wire(long position) {
        return (int) position;
    }
}
