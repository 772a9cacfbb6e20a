package dev.cortado.runtime.net.address;

/** Kinds of IPv4 addresses (RFC 6890, RFC 1122, 3.2.1.3). An address is an int in network order. */
public final class Ipv4 {
    /** "This host on this network": an address that is not known yet. */
    public static final int UNSPECIFIED = 0;

    /** Limited broadcast: everybody on the link. */
    public static final int BROADCAST = -1;

    public static final int LOOPBACK = 0x7f00_0001;

    private Ipv4() {}

    public static int of(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }

    /** Everything from 0.0.0.0 to 0.255.255.255. */
    public static boolean isThisNetwork(int address) {
        return address >>> 24 == 0;
    }

    public static boolean isLoopback(int address) {
        return address >>> 24 == 127;
    }

    /** 224.0.0.0/4. */
    public static boolean isMulticast(int address) {
        return address >>> 28 == 0xe;
    }

    /** 240.0.0.0/4, without the limited broadcast address. */
    public static boolean isReserved(int address) {
        return address >>> 28 == 0xf && address != BROADCAST;
    }

    /** 169.254.0.0/16 (RFC 3927). */
    public static boolean isLinkLocal(int address) {
        return address >>> 16 == 0xa9fe;
    }

    /** Whether it can be one host's address: what a packet may come from, or an interface have. */
    public static boolean isUnicast(int address) {
        return !isThisNetwork(address)
                && !isMulticast(address)
                && !isReserved(address)
                && address != BROADCAST;
    }

    /**
     * @param prefixLength 0 to 32
     */
    public static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << 32 - prefixLength;
    }

    /** The address "all ones" of a network, to which everybody there listens (RFC 919). */
    public static int broadcast(int address, int prefixLength) {
        return address | ~mask(prefixLength);
    }
}
