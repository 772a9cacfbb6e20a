package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.link.Link;

/**
 * The way to a network.
 *
 * @param high the network's address; IPv4 is mapped
 * @param prefixLength 0 to 128; an IPv4 network's is 96 and its own
 * @param gatewayHigh the router's address, unspecified if the network is on the link
 * @param metric of two routes to the same network, the one with the smaller counts
 */
public record Route(
        long high,
        long low,
        int prefixLength,
        long gatewayHigh,
        long gatewayLow,
        Link link,
        int metric) {
    /**
     * @param prefixLength in the address's own family
     * @param gateway a router on the link, or null
     */
    public static Route of(
            IpAddress network, int prefixLength, IpAddress gateway, Link link, int metric) {
        int length = network.isIpv4() ? 96 + prefixLength : prefixLength;
        IpAddress router = gateway == null ? IpAddress.UNSPECIFIED : gateway;
        return new Route(
                network.high() & Ipv6.maskHigh(length),
                network.low() & Ipv6.maskLow(length),
                length,
                router.high(),
                router.low(),
                link,
                metric);
    }

    /** The route to everywhere, of the gateway's family. */
    public static Route toEverywhere(IpAddress gateway, Link link, int metric) {
        IpAddress any = gateway.isIpv4() ? IpAddress.ofIpv4(0) : IpAddress.UNSPECIFIED;
        return of(any, 0, gateway, link, metric);
    }

    public boolean hasGateway() {
        return !Ipv6.isUnspecified(gatewayHigh, gatewayLow);
    }

    /** Whether it is the way to all addresses of a family that have no other. */
    public boolean isDefault() {
        return prefixLength == 0 || prefixLength == 96 && Ipv6.isMapped(high, low);
    }

    boolean contains(long otherHigh, long otherLow) {
        // The default route of IPv6 is no way to IPv4's addresses.
        return Ipv6.isIn(otherHigh, otherLow, high, low, prefixLength)
                && (prefixLength >= 96 || !Ipv6.isMapped(otherHigh, otherLow));
    }

    boolean isSameNetwork(Route other) {
        return high == other.high && low == other.low && prefixLength == other.prefixLength;
    }

    /** Upper half of the neighbour's address to which a packet with that destination goes. */
    long nextHigh(long destinationHigh) {
        return hasGateway() ? gatewayHigh : destinationHigh;
    }

    long nextLow(long destinationLow) {
        return hasGateway() ? gatewayLow : destinationLow;
    }

    @Override
    public String toString() {
        boolean isIpv4 = prefixLength >= 96 && Ipv6.isMapped(high, low);
        return new IpAddress(high, low)
                + "/"
                + (isIpv4 ? prefixLength - 96 : prefixLength)
                + (hasGateway() ? " via " + new IpAddress(gatewayHigh, gatewayLow) : "")
                + " on "
                + link;
    }
}
