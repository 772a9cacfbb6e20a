package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.dhcp.DhcpClient;
import dev.cortado.runtime.net.dhcp.DhcpLease;
import dev.cortado.runtime.net.dhcp.DhcpListener;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Client;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Information;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Lease;
import dev.cortado.runtime.net.dhcpv6.Dhcpv6Listener;
import dev.cortado.runtime.net.dhcpv6.Duid;
import dev.cortado.runtime.net.dhcpv6.LeasedAddress;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.time.NetworkClock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** An interface, and where its addresses come from. */
final class GuestInterface implements DhcpListener, Dhcpv6Listener {
    private static final int METRIC = 10;

    /** Bits of an address without a network. */
    private static final int HOST_BITS = 128;

    private final NetworkStack stack;
    private final NetworkClock clock;
    private final EthernetLink link;
    private final InterfacePlan plan;
    private final NameServers nameServers;
    private final Runnable configured;
    private final DhcpClient dhcp;
    private final Dhcpv6Client dhcpv6;

    /** Of which the console was told. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private boolean running;

    /**
     * @param identifier the host's, for DHCPv6
     * @param configured is told when there is an address, or there cannot be one
     */
    GuestInterface(
            NetworkStack stack,
            NetworkClock clock,
            RandomGenerator random,
            EthernetLink link,
            InterfacePlan plan,
            Duid identifier,
            NameServers nameServers,
            Runnable configured) {
        this.stack = stack;
        this.clock = clock;
        this.link = link;
        this.plan = plan;
        this.nameServers = nameServers;
        this.configured = configured;
        dhcp =
                plan.asksDhcp()
                        ? new DhcpClient(
                                link,
                                stack.ip(),
                                stack.udp(),
                                stack.timers(),
                                stack.drops(),
                                random,
                                this)
                        : null;
        dhcpv6 =
                new Dhcpv6Client(
                        stack.autoconfiguration(link),
                        stack.ip(),
                        stack.udp(),
                        stack.timers(),
                        stack.drops(),
                        random,
                        identifier,
                        this);
    }

    /** Gives it what is planned, and asks for the rest. */
    void start() {
        long now = clock.nanoTime();
        nameServers.choose(plan.nameServers, plan.search);
        for (InterfaceAddress address : plan.addresses) {
            stack.addAddress(link, address, now);
            NetworkConsole.address(link.name(), address, gateway(address), plan.source(address));
            told.add(address.toString());
        }
        for (IpAddress gateway : plan.gateways) {
            stack.ip().routes().add(Route.toEverywhere(gateway, link, METRIC));
        }
        for (PlannedRoute route : plan.routes) {
            stack.ip().routes().add(route.of(link, METRIC));
        }
        link.setAddressListener((of, address) -> tell(address));
        Autoconfiguration automatic = stack.autoconfiguration(link);
        automatic.setListener(
                new RouterAdvice(link.name(), nameServers, dhcpv6, plan.asksForIpv6()));
        linkChanged();
        if (!link.isUp()) {
            NetworkConsole.line(link.name() + " has no link");
        }
    }

    /** Of no use before the link is up; a link that comes again may be another one. */
    synchronized void linkChanged() {
        long now = clock.nanoTime();
        if (link.isUp()) {
            if (!running) {
                running = true;
                stack.autoconfiguration(link).start(now);
            } else {
                dhcpv6.linkChanged(now);
            }
            if (dhcp != null) {
                dhcp.start(now);
            }
        }
        configured.run();
    }

    EthernetLink link() {
        return link;
    }

    /** Who has given it an address, for people. */
    String source(InterfaceAddress address) {
        String planned = plan.source(address);
        if (planned != null) {
            return planned;
        }
        return address.isIpv4() ? "DHCP" : automaticSource(address);
    }

    private String automaticSource(InterfaceAddress address) {
        return isLeased(dhcpv6.lease(), address)
                ? "DHCPv6"
                : Ipv6.isLinkLocal(address.high()) ? "link-local" : "router";
    }

    private static boolean isLeased(Dhcpv6Lease lease, InterfaceAddress address) {
        return lease != null && lease.has(address.high(), address.low());
    }

    /** Whether it has an address that others reach. */
    boolean hasAddress() {
        for (InterfaceAddress address : link.addresses()) {
            boolean isNear = !address.isIpv4() && Ipv6.isLinkLocal(address.high());
            if (!isNear && address.state() != InterfaceAddress.State.TENTATIVE) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may still get one. */
    boolean mayGetAddress() {
        return link.isUp() && !hasAddress();
    }

    private IpAddress gateway(InterfaceAddress of) {
        for (IpAddress gateway : plan.gateways) {
            if (gateway.isIpv4() == of.isIpv4()) {
                return gateway;
            }
        }
        return null;
    }

    /** IPv6's, which come from the link itself and from routers. */
    private void tell(InterfaceAddress address) {
        boolean isTold =
                !address.isIpv4()
                        && address.state() != InterfaceAddress.State.TENTATIVE
                        && told.add(address.toString());
        if (isTold) {
            Dhcpv6Lease lease = dhcpv6.lease();
            String from = isLeased(lease, address) ? " from " + lease.from() : "";
            NetworkConsole.address(link.name(), address, null, automaticSource(address) + from);
            configured.run();
        }
    }

    @Override
    public void leased(DhcpClient client, DhcpLease lease) {
        InterfaceAddress address = InterfaceAddress.of(lease.address(), lease.prefixLength());
        List<String> search = lease.domain().isEmpty() ? List.of() : List.of(lease.domain());
        nameServers.set(link.name() + " dhcp", lease.nameServers(), search);
        if (told.add(address.toString())) {
            NetworkConsole.address(
                    link.name(), address, lease.router(), "DHCP from " + lease.server());
        }
        configured.run();
    }

    @Override
    public void lost(DhcpClient client, DhcpLease lease) {
        InterfaceAddress address = InterfaceAddress.of(lease.address(), lease.prefixLength());
        nameServers.set(link.name() + " dhcp", List.of(), List.of());
        if (told.remove(address.toString())) {
            NetworkConsole.line(link.name() + " has lost " + address);
        }
    }

    @Override
    public void leased(Dhcpv6Client client, Dhcpv6Lease lease) {
        // Its addresses are told of when they are known to be ours.
    }

    @Override
    public void lost(Dhcpv6Client client, Dhcpv6Lease lease) {
        for (LeasedAddress one : lease.addresses()) {
            InterfaceAddress address = InterfaceAddress.of(one.address(), HOST_BITS);
            if (told.remove(address.toString())) {
                NetworkConsole.line(link.name() + " has lost " + address);
            }
        }
    }

    @Override
    public void informed(Dhcpv6Client client, Dhcpv6Information information) {
        nameServers.set(link.name() + " dhcpv6", information.nameServers(), information.search());
    }
}
