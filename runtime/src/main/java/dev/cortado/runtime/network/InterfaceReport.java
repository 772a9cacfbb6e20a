package dev.cortado.runtime.network;

import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketPool;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.dns.DnsConfiguration;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.stack.NetworkStack;
import java.util.List;

/** What the monitor shows of interfaces and routes. */
final class InterfaceReport {
    private static final int VALUES = 14;
    private static final int STATES = 58;

    private InterfaceReport() {}

    /**
     * Shows them in the order of their numbers.
     *
     * @param interfaces those that know who has given them their addresses
     */
    static void show(NetworkText to, NetworkStack stack, List<GuestInterface> interfaces) {
        for (Link link : stack.ip().links().all()) {
            showLink(to, link);
            GuestInterface known = find(interfaces, link);
            for (InterfaceAddress address : link.addresses()) {
                showAddress(to, address, known);
            }
            showTraffic(to.text(), link);
        }
        for (Route route : stack.ip().routes().all()) {
            if (route.isDefault()) {
                MonitorText text = to.text().text("default route").column(VALUES);
                text.text(route.hasGateway() ? "by " : "on the link");
                if (route.hasGateway()) {
                    to.address(route.gatewayHigh(), route.gatewayLow());
                }
                text.text(", ").text(route.link().name()).line();
            }
        }
    }

    private static GuestInterface find(List<GuestInterface> interfaces, Link link) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).link() == link) {
                return interfaces.get(i);
            }
        }
        return null;
    }

    private static void showLink(NetworkText to, Link link) {
        MonitorText text = to.text().text(link.name()).column(VALUES);
        text.text(link.isUp() ? "up" : "down").text(", MTU ").number(link.mtu());
        if (link instanceof EthernetLink ethernet) {
            text.text(", ");
            to.mac(ethernet.macAddress());
        }
        text.line();
    }

    private static void showAddress(
            NetworkText to, InterfaceAddress address, GuestInterface known) {
        MonitorText text = to.text().text("  address").column(VALUES);
        to.address(address.high(), address.low());
        text.character('/').number(address.prefixLength()).column(STATES);
        text.text(state(address.state()));
        if (known != null) {
            text.text(", ").text(known.source(address));
        }
        text.line();
    }

    private static String state(InterfaceAddress.State state) {
        return switch (state) {
            case TENTATIVE -> "tentative";
            case PREFERRED -> "preferred";
            case DEPRECATED -> "deprecated";
        };
    }

    private static void showTraffic(MonitorText text, Link link) {
        text.text("  received").column(VALUES);
        text.number(link.traffic(Traffic.RECEIVED_PACKETS)).text(" packets, ");
        text.number(link.traffic(Traffic.RECEIVED_BYTES)).text(" bytes; bad ");
        text.number(link.traffic(Traffic.RECEIVED_BAD)).line();
        text.text("  sent").column(VALUES);
        text.number(link.traffic(Traffic.SENT_PACKETS)).text(" packets, ");
        text.number(link.traffic(Traffic.SENT_BYTES)).text(" bytes; dropped ");
        text.number(link.traffic(Traffic.SENT_DROPPED)).text(", waiting ");
        text.number(Math.max(0, link.traffic(Traffic.SENT_WAITING))).line();
    }

    /** Shows how many packets nobody has: as many as before, or some are lost. */
    static void showBuffers(NetworkText to, PacketPool pool) {
        MonitorText text = to.text().text("buffers").column(VALUES);
        text.number(pool.free()).text(" free of ").number(pool.size()).line();
    }

    /** Shows whom the resolver asks, in that order. */
    static void showNameServers(NetworkText to, DnsConfiguration configuration) {
        List<IpAddress> servers = configuration.servers();
        for (int i = 0; i < servers.size(); i++) {
            to.text().text("name server").column(VALUES);
            to.address(servers.get(i).high(), servers.get(i).low()).line();
        }
    }
}
