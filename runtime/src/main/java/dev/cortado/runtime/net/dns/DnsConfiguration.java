package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.List;

/**
 * Whom to ask, and how; as resolv.conf(5) says it.
 *
 * @param servers in the order in which they are asked
 * @param search domains to try a short name in
 * @param dots a name with at least so many is tried as it is first
 * @param timeout nanoseconds that a server has
 * @param rounds how often all servers are asked
 */
public record DnsConfiguration(
        List<IpAddress> servers, List<String> search, int dots, long timeout, int rounds) {
    public DnsConfiguration {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** With everything but the servers and domains as it usually is. */
    public static DnsConfiguration of(List<IpAddress> servers, List<String> search) {
        return new DnsConfiguration(servers, search, 1, 3_000_000_000L, 2);
    }
}
