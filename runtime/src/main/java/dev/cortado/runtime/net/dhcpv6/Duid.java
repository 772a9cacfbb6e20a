package dev.cortado.runtime.net.dhcpv6;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Who a client or a server is (RFC 8415, 11): bytes that are only compared. */
public final class Duid {
    /** RFC 8415, 11.1: two bytes of a type, and 128. */
    static final int MAXIMUM_BYTES = 130;

    private static final int MINIMUM_BYTES = 3;

    /** RFC 8415, 11.4, and the number of Ethernet (IANA, Hardware Types). */
    private static final int LINK_LAYER = 3;

    private static final int ETHERNET = 1;
    private static final int LINK_LAYER_BYTES = 10;

    private final byte[] bytes;

    private Duid(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A host's by one of its MAC addresses, the same each time that it starts.
     *
     * @param mac that stays with the host, whichever interface asks
     */
    public static Duid ofMacAddress(long mac) {
        ByteBuffer bytes = ByteBuffer.allocate(LINK_LAYER_BYTES);
        bytes.putShort((short) LINK_LAYER).putShort((short) ETHERNET);
        bytes.putShort((short) (mac >>> 32)).putInt((int) mac);
        return new Duid(bytes.array());
    }

    /** Reads one; null if it has a length that none has. */
    static Duid read(ByteBuffer from, int at, int length) {
        if (length < MINIMUM_BYTES || length > MAXIMUM_BYTES) {
            return null;
        }
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return new Duid(bytes);
    }

    int length() {
        return bytes.length;
    }

    void write(ByteBuffer to, int at) {
        to.put(at, bytes);
    }

    boolean is(ByteBuffer other, int at, int length) {
        return other.slice(at, length).equals(ByteBuffer.wrap(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Duid duid && Arrays.equals(bytes, duid.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }
}
