package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.dhcp.DhcpClient;
import dev.cortado.runtime.net.dhcp.DhcpLease;
import dev.cortado.runtime.net.dhcp.DhcpListener;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import dev.cortado.runtime.net.stack.NetworkStack;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.wire.NeighbourMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** An interface, and where its addresses come from. */
final class GuestInterface implements DhcpListener {
    private static final int METRIC = 10;

    /** RFC 8106, 5.1: where lifetime and addresses are. */
    private static final int DNS_LIFETIME = 4;

    private static final int DNS_ADDRESSES = 8;
    private static final int ADDRESS_BYTES = 16;
    private static final int MOST_NAME_SERVERS = 8;

    private final NetworkStack stack;
    private final NetworkClock clock;
    private final EthernetLink link;
    private final InterfacePlan plan;
    private final NameServers nameServers;
    private final Runnable configured;
    private final DhcpClient dhcp;

    /** Of which the console was told. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private boolean running;

    /**
     * @param configured is told when there is an address, or there cannot be one
     */
    GuestInterface(
            NetworkStack stack,
            NetworkClock clock,
            RandomGenerator random,
            EthernetLink link,
            InterfacePlan plan,
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
        link.setAddressListener((of, address) -> tell(address));
        Autoconfiguration automatic = stack.autoconfiguration(link);
        automatic.setListener(this::routerSays);
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

    private static String automaticSource(InterfaceAddress address) {
        return Ipv6.isLinkLocal(address.high()) ? "link-local" : "router";
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
            NetworkConsole.address(link.name(), address, null, automaticSource(address));
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

    /** RFC 8106, 5.1. */
    private void routerSays(Autoconfiguration source, PacketBuffer packet, int option, long now) {
        List<IpAddress> servers = new ArrayList<>();
        int end = option + NeighbourMessage.optionLength(packet.bytes(), option);
        boolean isOver = packet.bytes().getInt(option + DNS_LIFETIME) == 0;
        for (int at = option + DNS_ADDRESSES;
                !isOver && at + ADDRESS_BYTES <= end && servers.size() < MOST_NAME_SERVERS;
                at += ADDRESS_BYTES) {
            long high = packet.bytes().getLong(at);
            long low = packet.bytes().getLong(at + Long.BYTES);
            if (!Ipv6.isMulticast(high) && !Ipv6.isUnspecified(high, low)) {
                servers.add(new IpAddress(high, low));
            }
        }
        nameServers.set(link.name() + " router", servers, List.of());
    }
}
