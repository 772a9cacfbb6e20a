package dev.cortado.runtime.net.address;

/**
 * An address as a value, for configuration, APIs and messages. IPv4 addresses are the IPv4-mapped
 * ones.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record IpAddress(long high, long low) {
    /** Neither IPv4's nor IPv6's. */
    public static final IpAddress UNSPECIFIED = new IpAddress(0, 0);

    public static IpAddress ofIpv4(int address) {
        return new IpAddress(0, Ipv6.mappedLow(address));
    }

    public static IpAddress ofIpv4(int a, int b, int c, int d) {
        return ofIpv4(Ipv4.of(a, b, c, d));
    }

    public boolean isIpv4() {
        return Ipv6.isMapped(high, low);
    }

    /** Of an IPv4 address. */
    public int ipv4() {
        return (int) low;
    }

    /**
     * Reads an address: IPv4 with four decimal numbers, or IPv6 (RFC 4291, 2.2) without a zone.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static IpAddress parse(String text) {
        return AddressText.parse(text);
    }

    /** Writes an address as {@link #toString} does; makes no objects. */
    public static void write(long high, long low, CharacterSink to) {
        AddressText.write(high, low, to);
    }

    /** As RFC 5952 writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        AddressText.write(high, low, text::append);
        return text.toString();
    }
}
