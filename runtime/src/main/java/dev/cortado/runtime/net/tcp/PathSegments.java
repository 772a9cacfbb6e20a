package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.wire.TcpSegment;

/** How much payload the path takes in one segment: its MTU (RFC 1191, 8201) without headers. */
final class PathSegments {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    /** Without a route: what every host takes. */
    private static final int LEAST_MTU_IPV4 = 576;

    private static final int LEAST_MTU_IPV6 = 1280;

    private final IpOutput output;
    private final TableEntry addresses;

    PathSegments(IpOutput output, TableEntry addresses) {
        this.output = output;
        this.addresses = addresses;
    }

    /** Bytes behind TCP's header without options, in one packet. */
    int bytes(long now) {
        return bytes(output, addresses.remoteHigh, addresses.remoteLow, now);
    }

    static int bytes(IpOutput output, long remoteHigh, long remoteLow, long now) {
        boolean ipv4 = Ipv6.isMapped(remoteHigh, remoteLow);
        int mtu = output.pathMtu(remoteHigh, remoteLow, now);
        int least = ipv4 ? LEAST_MTU_IPV4 : LEAST_MTU_IPV6;
        int usable = mtu == 0 ? least : Math.min(mtu, 0xffff);
        int headers = (ipv4 ? IPV4_HEADER : IPV6_HEADER) + TcpSegment.HEADER_BYTES;
        return Math.max(usable, 128) - headers;
    }
}
