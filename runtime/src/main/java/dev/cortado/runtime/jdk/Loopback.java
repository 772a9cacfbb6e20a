package dev.cortado.runtime.jdk;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import java.util.ArrayList;
import java.util.List;

/** The machine's own name and addresses (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3; RFC 6761, 6.3). */
final class Loopback {
    static final String NAME = "localhost";

    private static final IpAddress IPV4 = IpAddress.ofIpv4(Ipv4.LOOPBACK);
    private static final IpAddress IPV6 = new IpAddress(0, 1);

    private Loopback() {}

    static List<IpAddress> addresses(boolean ipv4, boolean ipv6) {
        List<IpAddress> addresses = new ArrayList<>();
        if (ipv4) {
            addresses.add(IPV4);
        }
        if (ipv6) {
            addresses.add(IPV6);
        }
        return addresses;
    }
}
