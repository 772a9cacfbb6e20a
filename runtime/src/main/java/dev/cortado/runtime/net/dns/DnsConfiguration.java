package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.wire.DnsName;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    /**
     * As the text of resolv.conf(5). Domains that cannot be any, which a server may have told, are
     * left out.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        List<String> domains =
                search.stream().map(DnsName::canonical).filter(DnsName::isFine).toList();
        if (!domains.isEmpty()) {
            text.append("search ").append(String.join(" ", domains)).append('\n');
        }
        for (IpAddress server : servers) {
            text.append("nameserver ").append(server).append('\n');
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(timeout));
        return text.append(
                        "options ndots:%d timeout:%d attempts:%d\n"
                                .formatted(dots, seconds, rounds))
                .toString();
    }
}
