package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.List;

/**
 * What a server says that is no address.
 *
 * @param nameServers eight at most (RFC 3646, 3)
 * @param search six at most, each a canonical name (RFC 3646, 4)
 */
public record Dhcpv6Information(List<IpAddress> nameServers, List<String> search) {
    static final Dhcpv6Information NONE = new Dhcpv6Information(List.of(), List.of());
}
