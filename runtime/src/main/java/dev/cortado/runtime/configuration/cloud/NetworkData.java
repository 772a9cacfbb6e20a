package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenStack's {@code network_data.json} (Nova, metadata service): links, which are interfaces by
 * their MAC addresses or VLANs on others, networks on them, and services for all.
 */
final class NetworkData {
    private final ConfigurationBuilder configuration;
    private final Map<String, InterfaceBuilder> links = new LinkedHashMap<>();

    private NetworkData(ConfigurationBuilder configuration) {
        this.configuration = configuration;
    }

    static void read(YamlNode root, ConfigurationBuilder configuration)
            throws ConfigurationException {
        NetworkData reader = new NetworkData(configuration);
        for (YamlNode link : items(root, "links")) {
            configuration.attempt(() -> reader.readLink(link));
        }
        for (YamlNode network : items(root, "networks")) {
            configuration.attempt(() -> reader.readNetwork(network));
        }
        if (!reader.links.isEmpty()) {
            InterfaceBuilder first = reader.links.values().iterator().next();
            reader.readServices(first, root);
        }
        for (InterfaceBuilder each : reader.links.values()) {
            each.addTo(configuration);
        }
    }

    private static List<YamlNode> items(YamlNode node, String name) throws ConfigurationException {
        YamlNode list = node.get(name);
        return list == null ? List.of() : list.items();
    }

    private void readLink(YamlNode link) throws ConfigurationException {
        String identifier = link.textOf("id");
        String type = link.textOf("type");
        if (identifier == null) {
            throw link.bad("a link without an id");
        }
        if ("bond".equals(type)) {
            throw link.bad("a link of type \"" + type + '"');
        }
        InterfaceBuilder made = "vlan".equals(type) ? vlan(link) : physical(link);
        links.put(identifier, made);
        configuration.attempt(() -> made.mtu(link.get("mtu")));
    }

    private static InterfaceBuilder physical(YamlNode link) throws ConfigurationException {
        return new InterfaceBuilder(link, null, link.textOf("ethernet_mac_address"));
    }

    private InterfaceBuilder vlan(YamlNode link) throws ConfigurationException {
        String parent = link.textOf("vlan_link");
        return NetworkVersion1.onLink(link, links.get(parent), parent, "vlan_mac_address");
    }

    private void readNetwork(YamlNode network) throws ConfigurationException {
        String link = network.textOf("link");
        InterfaceBuilder made = links.get(link);
        if (made == null) {
            throw network.bad("a network on the link \"" + link + "\", which is not there");
        }
        String type = network.textOf("type");
        switch (type == null ? "" : type) {
            case "ipv4_dhcp" -> made.dhcp();
            case "ipv4", "ipv6" -> {
                YamlNode address = network.get("ip_address");
                if (address == null) {
                    throw network.bad("a network without an address");
                }
                made.address(address, network.get("netmask"));
            }
            // Routers say what of IPv6 there is.
            case "ipv6_dhcp", "ipv6_slaac", "ipv6_dhcpv6-stateless", "ipv6_dhcpv6-stateful" -> {}
            default -> throw network.bad("a network of type \"" + type + '"');
        }
        String gateway = network.textOf("gateway");
        if (gateway != null) {
            made.gateway(gateway);
        }
        for (YamlNode route : items(network, "routes")) {
            configuration.attempt(() -> NetworkVersion1.readRoute(made, route));
        }
        made.nameServers(network.get("dns_nameservers"));
        readServices(made, network);
    }

    private void readServices(InterfaceBuilder made, YamlNode of) throws ConfigurationException {
        for (YamlNode service : items(of, "services")) {
            if ("dns".equals(service.textOf("type"))) {
                configuration.attempt(() -> made.nameServers(service.get("address")));
            }
        }
    }
}
