package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.ArrayList;
import java.util.List;

/** What an interface is to have, and who says so. */
final class InterfacePlan {
    private static final String HOST = "host";

    private final String by;

    final List<InterfaceAddress> addresses = new ArrayList<>();
    final List<IpAddress> gateways = new ArrayList<>();
    final List<PlannedRoute> routes = new ArrayList<>();
    final List<IpAddress> nameServers = new ArrayList<>();
    final List<String> search = new ArrayList<>();
    boolean dhcp;

    /** Those of the addresses that the host has chosen. */
    private final List<InterfaceAddress> hosts = new ArrayList<>();

    /**
     * @param by who says what it is to have, for people
     */
    InterfacePlan(String by) {
        this.by = by;
    }

    /** Who says what it is to have, but for the host's addresses. */
    String by() {
        return by;
    }

    /** Whether DHCP is asked: also for what is not said. */
    boolean asksDhcp() {
        return dhcp || !has(true);
    }

    /** Whether a server of DHCPv6 may give addresses. */
    boolean asksForIpv6() {
        return !has(false);
    }

    private boolean has(boolean ipv4) {
        return addresses.stream().anyMatch(address -> address.isIpv4() == ipv4);
    }

    /** Adds what another word says. */
    void add(InterfacePlan other) {
        addresses.addAll(other.addresses);
        gateways.addAll(other.gateways);
        routes.addAll(other.routes);
        nameServers.addAll(other.nameServers);
        search.addAll(other.search);
        dhcp |= other.dhcp;
    }

    /** A copy, with the host's addresses of each IP for which nobody else has said any. */
    InterfacePlan with(List<InterfaceAddress> chosen) {
        InterfacePlan copy = new InterfacePlan(by);
        copy.add(this);
        for (InterfaceAddress address : chosen) {
            if (!has(address.isIpv4()) && !(dhcp && address.isIpv4())) {
                copy.addresses.add(address);
                copy.hosts.add(address);
            }
        }
        return copy;
    }

    /** Who wants the interface to have an address; null if nobody does. */
    String source(InterfaceAddress address) {
        if (contains(hosts, address)) {
            return HOST;
        }
        return contains(addresses, address) ? by : null;
    }

    /** The monitor asks: nothing is allocated. */
    private static boolean contains(List<InterfaceAddress> all, InterfaceAddress address) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).is(address.high(), address.low())) {
                return true;
            }
        }
        return false;
    }
}
