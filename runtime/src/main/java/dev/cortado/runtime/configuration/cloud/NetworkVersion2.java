package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import java.util.Map;

/**
 * Network configuration, version 2, which is Netplan's: Ethernet interfaces by a name of its own,
 * and VLANs on them.
 */
final class NetworkVersion2 {
    private final ConfigurationBuilder configuration;

    private NetworkVersion2(ConfigurationBuilder configuration) {
        this.configuration = configuration;
    }

    static void read(YamlNode network, ConfigurationBuilder configuration)
            throws ConfigurationException {
        NetworkVersion2 reader = new NetworkVersion2(configuration);
        YamlNode ethernets = network.get("ethernets");
        for (Map.Entry<String, YamlNode> entry : network.entries().entrySet()) {
            YamlNode node = entry.getValue();
            switch (entry.getKey()) {
                case "version", "renderer" -> {}
                case "ethernets" ->
                        reader.readAll(
                                node, (key, one) -> reader.readSettings(begin(key, one), one));
                case "vlans" -> reader.readAll(node, (key, one) -> reader.readVlan(one, ethernets));
                default -> configuration.problem(node.place() + ": there are no " + entry.getKey());
            }
        }
    }

    /** What is read by the name that it has. */
    @FunctionalInterface
    private interface NamedReader {
        void read(String key, YamlNode node) throws ConfigurationException;
    }

    private void readAll(YamlNode nodes, NamedReader reader) throws ConfigurationException {
        for (Map.Entry<String, YamlNode> each : nodes.entries().entrySet()) {
            configuration.attempt(() -> reader.read(each.getKey(), each.getValue()));
        }
    }

    private void readVlan(YamlNode node, YamlNode ethernets) throws ConfigurationException {
        String link = node.textOf("link");
        YamlNode parent = link == null || ethernets == null ? null : ethernets.get(link);
        if (parent == null) {
            throw node.bad("a VLAN on the link \"" + link + "\", which is not there");
        }
        readSettings(begin(link, parent).vlan(node, node.textOf("id")), node);
    }

    private void readSettings(InterfaceBuilder made, YamlNode node) throws ConfigurationException {
        if (node.isTrue("dhcp4")) {
            made.dhcp();
        }
        YamlNode addresses = node.get("addresses");
        if (addresses != null) {
            for (YamlNode each : addresses.items()) {
                configuration.attempt(() -> made.address(address(each), null));
            }
        }
        for (String gateway : new String[] {node.textOf("gateway4"), node.textOf("gateway6")}) {
            if (gateway != null) {
                made.gateway(gateway);
            }
        }
        YamlNode servers = node.get("nameservers");
        if (servers != null) {
            made.nameServers(servers.get("addresses"));
            made.search(servers.get("search"));
        }
        readRoutes(made, node.get("routes"));
        configuration.attempt(() -> made.mtu(node.get("mtu")));
        made.addTo(configuration);
    }

    private static InterfaceBuilder begin(String key, YamlNode node) throws ConfigurationException {
        YamlNode match = node.get("match");
        if (match == null) {
            return new InterfaceBuilder(node, key, null);
        }
        return new InterfaceBuilder(match, match.textOf("name"), match.textOf("macaddress"));
    }

    /** An address may have a label, and then is the name that the label has. */
    private static YamlNode address(YamlNode node) throws ConfigurationException {
        if (!(node instanceof YamlNode.Mapping)) {
            return node;
        }
        Map<String, YamlNode> entries = node.entries();
        if (entries.size() != 1) {
            throw node.bad("an address is one name");
        }
        String address = entries.keySet().iterator().next();
        return new YamlNode.Scalar(node.place(), address, false, false);
    }

    private void readRoutes(InterfaceBuilder made, YamlNode routes) throws ConfigurationException {
        if (routes == null) {
            return;
        }
        for (YamlNode route : routes.items()) {
            configuration.attempt(
                    () -> made.route(route, route.textOf("to"), null, route.textOf("via")));
        }
    }
}
