package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.dns.DnsConfiguration;
import dev.cortado.runtime.net.dns.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whom the resolver asks: those of the command line, or else of DHCP and of routers, in the order
 * in which the interfaces were first heard of.
 */
final class NameServers {
    private final Resolver resolver;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private Source chosen = new Source(List.of(), List.of());
    private DnsConfiguration current;

    private record Source(List<IpAddress> servers, List<String> search) {}

    NameServers(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The command line's, which win; all interfaces' together. */
    synchronized void choose(List<IpAddress> servers, List<String> search) {
        List<IpAddress> all = new ArrayList<>(chosen.servers());
        all.addAll(servers);
        List<String> domains = new ArrayList<>(chosen.search());
        domains.addAll(search);
        chosen = new Source(all, domains);
        configure();
    }

    /** What somebody says, in place of what he said before; nothing if the lists are empty. */
    synchronized void set(String source, List<IpAddress> servers, List<String> search) {
        sources.put(source, new Source(servers, search));
        configure();
    }

    private void configure() {
        List<IpAddress> servers = new ArrayList<>(chosen.servers());
        List<String> search = new ArrayList<>(chosen.search());
        for (Source source : sources.values()) {
            if (chosen.servers().isEmpty()) {
                servers.addAll(source.servers());
            }
            if (chosen.search().isEmpty()) {
                search.addAll(source.search());
            }
        }
        DnsConfiguration wanted =
                DnsConfiguration.of(
                        servers.stream().distinct().toList(), search.stream().distinct().toList());
        // The resolver forgets what it has learnt.
        if (!wanted.equals(current)) {
            current = wanted;
            resolver.configure(wanted);
        }
    }
}
