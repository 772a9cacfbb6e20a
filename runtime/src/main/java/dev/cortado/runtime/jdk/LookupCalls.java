package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.dns.HostsFile;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.runtime.network.LookupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Names of hosts and their addresses. */
final class LookupCalls {
    /** Made when somebody first wants an echo. */
    private static EchoRequests echoes;

    private static final HostsReader HOSTS = new HostsReader(ConfigurationConsole::line);

    private LookupCalls() {}

    static String localHostName() {
        return GuestNetwork.get().hostName();
    }

    /**
     * @param characteristics those of {@link LookupPolicy}
     */
    static InetAddress[] lookup(String host, int characteristics) throws UnknownHostException {
        if (host == null) {
            throw new NullPointerException("host argument is null");
        }
        boolean ipv4 = (characteristics & LookupPolicy.IPV4) != 0;
        boolean ipv6 = (characteristics & LookupPolicy.IPV6) != 0;
        List<IpAddress> found = find(host, ipv4, ipv6);
        return inOrder(found, characteristics).stream()
                .map(address -> NetAddresses.inetAddress(host, address, 0))
                .toArray(InetAddress[]::new);
    }

    private static List<IpAddress> find(String host, boolean ipv4, boolean ipv6)
            throws UnknownHostException {
        if (host.equalsIgnoreCase(Loopback.NAME)) {
            return Loopback.addresses(ipv4, ipv6);
        }
        GuestNetwork network = network();
        if (host.equalsIgnoreCase(network.hostName())) {
            return own(network, ipv4, ipv6);
        }
        try {
            return network.lookup(host, ipv4, ipv6);
        } catch (LookupException e) {
            UnknownHostException unknown = new UnknownHostException(e.getMessage());
            unknown.initCause(e);
            throw unknown;
        }
    }

    /** With addresses, and the names that a file has. */
    private static GuestNetwork network() {
        GuestNetwork network = GuestNetwork.get();
        network.awaitConfigured();
        GuestFiles files = GuestFiles.made();
        FileTree tree = files == null ? null : files.planted();
        HostsFile hosts = tree == null ? null : HOSTS.changed(tree);
        if (hosts != null) {
            network.setHosts(hosts);
        }
        return network;
    }

    /** Nobody else needs to know our name: it is that of our addresses. */
    private static List<IpAddress> own(GuestNetwork network, boolean ipv4, boolean ipv6) {
        List<IpAddress> addresses = new ArrayList<>();
        for (Link link : network.stack().ip().links().all()) {
            for (InterfaceAddress each : link.addresses()) {
                IpAddress address = new IpAddress(each.high(), each.low());
                if (!link.isLoopback()
                        && !NetAddresses.needsScope(address)
                        && (address.isIpv4() ? ipv4 : ipv6)) {
                    addresses.add(address);
                }
            }
        }
        return addresses.isEmpty() ? Loopback.addresses(ipv4, ipv6) : addresses;
    }

    /** One family before the other, if that is asked for, and else as they came. */
    static List<IpAddress> inOrder(List<IpAddress> addresses, int characteristics) {
        boolean ipv4First = (characteristics & LookupPolicy.IPV4_FIRST) != 0;
        boolean ipv6First = (characteristics & LookupPolicy.IPV6_FIRST) != 0;
        return ipv4First || ipv6First
                ? addresses.stream()
                        .sorted(Comparator.comparing(each -> each.isIpv4() != ipv4First))
                        .toList()
                : addresses;
    }

    /**
     * @param bytes 4 or 16
     */
    static String hostName(byte[] bytes) throws UnknownHostException {
        IpAddress address = NetAddresses.address(bytes);
        if (NetAddresses.isLoopback(address)) {
            return Loopback.NAME;
        }
        String name = network().reverse(address);
        if (name == null) {
            throw new UnknownHostException();
        }
        return name;
    }

    /**
     * @param bytes 4 or 16
     */
    static boolean isReachable(byte[] bytes, int timeout) {
        IpAddress address = NetAddresses.address(bytes);
        SocketCalls.awaitConfigured(address);
        return echoes().isAnswered(address, timeout);
    }

    private static synchronized EchoRequests echoes() {
        if (echoes == null) {
            GuestNetwork network = GuestNetwork.get();
            echoes = new EchoRequests(network.stack().echo(), network.clock());
        }
        return echoes;
    }
}
