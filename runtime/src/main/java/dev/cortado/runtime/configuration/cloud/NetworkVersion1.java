package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Network configuration, version 1: a list of physical interfaces, VLANs and name servers. */
final class NetworkVersion1 {
    private final ConfigurationBuilder configuration;
    private final List<InterfaceBuilder> interfaces = new ArrayList<>();
    private final Map<String, InterfaceBuilder> physical = new HashMap<>();
    private final List<YamlNode> nameServers = new ArrayList<>();

    private NetworkVersion1(ConfigurationBuilder configuration) {
        this.configuration = configuration;
    }

    static void read(YamlNode network, ConfigurationBuilder configuration)
            throws ConfigurationException {
        YamlNode list = network.get("config");
        if (list == null) {
            throw network.bad("a network of version 1 without \"config\"");
        }
        NetworkVersion1 reader = new NetworkVersion1(configuration);
        for (YamlNode item : list.items()) {
            configuration.attempt(() -> reader.readItem(item));
        }
        reader.finish();
    }

    private void readItem(YamlNode item) throws ConfigurationException {
        String type = item.textOf("type");
        switch (type == null ? "" : type) {
            case "physical" -> {
                String name = item.textOf("name");
                InterfaceBuilder made =
                        new InterfaceBuilder(item, name, item.textOf("mac_address"));
                physical.put(name, made);
                readInterface(made, item);
            }
            case "vlan" -> {
                String link = item.textOf("vlan_link");
                InterfaceBuilder parent = physical.get(link);
                readInterface(onLink(item, parent, link, "mac_address"), item);
            }
            case "nameserver" -> nameServers.add(item);
            case "loopback" -> {} // it is always there
            default -> throw item.bad("an interface of type \"" + type + '"');
        }
    }

    /**
     * A VLAN, as version 1 and OpenStack's metadata have it.
     *
     * @param parent null if there is none
     * @param link its name
     * @param addressName what the VLAN's own MAC address is called, which may be its link's only
     */
    static InterfaceBuilder onLink(
            YamlNode item, InterfaceBuilder parent, String link, String addressName)
            throws ConfigurationException {
        if (parent == null) {
            throw item.bad("a VLAN on the link \"" + link + "\", which is not there");
        }
        if (!parent.isOf(item.textOf(addressName))) {
            throw item.bad("a VLAN with another MAC address than its link's");
        }
        return parent.vlan(item, item.textOf("vlan_id"));
    }

    private void readInterface(InterfaceBuilder made, YamlNode item) throws ConfigurationException {
        interfaces.add(made);
        configuration.attempt(() -> made.mtu(item.get("mtu")));
        YamlNode subnets = item.get("subnets");
        if (subnets != null) {
            for (YamlNode subnet : subnets.items()) {
                configuration.attempt(() -> readSubnet(made, subnet));
            }
        }
    }

    private void readSubnet(InterfaceBuilder made, YamlNode subnet) throws ConfigurationException {
        String type = subnet.textOf("type");
        switch (type == null ? "" : type) {
            case "dhcp", "dhcp4" -> made.dhcp();
            case "static", "static6" -> {
                YamlNode address = subnet.get("address");
                if (address == null) {
                    throw subnet.bad("a static subnet without an address");
                }
                made.address(address, subnet.get("netmask"));
            }
            // Routers say what of IPv6 there is.
            case "dhcp6",
                    "ipv6_slaac",
                    "ipv6_dhcpv6-stateless",
                    "ipv6_dhcpv6-stateful",
                    "manual" -> {}
            default -> throw subnet.bad("a subnet of type \"" + type + '"');
        }
        String gateway = subnet.textOf("gateway");
        if (gateway != null) {
            made.gateway(gateway);
        }
        made.nameServers(subnet.get("dns_nameservers"));
        made.search(subnet.get("dns_search"));
        readRoutes(made, subnet.get("routes"));
    }

    private void readRoutes(InterfaceBuilder made, YamlNode routes) throws ConfigurationException {
        if (routes != null) {
            for (YamlNode route : routes.items()) {
                configuration.attempt(() -> readRoute(made, route));
            }
        }
    }

    /** A route, as version 1 and OpenStack's metadata have it. */
    static void readRoute(InterfaceBuilder made, YamlNode route) throws ConfigurationException {
        String destination = route.textOf("destination");
        made.route(
                route,
                destination == null ? route.textOf("network") : destination,
                route.get("netmask"),
                route.textOf("gateway"));
    }

    /** Name servers are the machine's: the first interface has them. */
    private void finish() throws ConfigurationException {
        for (YamlNode item : nameServers) {
            if (interfaces.isEmpty()) {
                throw item.bad("name servers without an interface");
            }
            InterfaceBuilder first = interfaces.getFirst();
            configuration.attempt(() -> {
                first.nameServers(item.get("address"));
                first.search(item.get("search"));
            });
        }
        for (InterfaceBuilder each : interfaces) {
            each.addTo(configuration);
        }
    }
}
