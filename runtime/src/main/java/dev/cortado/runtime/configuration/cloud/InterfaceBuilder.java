package dev.cortado.runtime.configuration.cloud;

import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.configuration.ConfigurationException;
import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.Limits;
import dev.cortado.runtime.configuration.VlanName;
import dev.cortado.runtime.configuration.yaml.YamlNode;
import dev.cortado.runtime.net.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects what an interface is to have, from the words in which clouds say it. */
final class InterfaceBuilder {
    private static final int USUAL_MTU = 1500;

    private static final int IPV4_BITS = 32;

    private static final String MAC_ADDRESS = "([0-9a-f]{2}:){5}[0-9a-f]{2}";

    private final String name;
    private final String macAddress;
    private final int vlan;
    private final List<String> items = new ArrayList<>();

    /**
     * @param node that the interface is described by
     * @param name may be null if there is an address
     * @param address a MAC address; may be null if there is a name
     * @throws ConfigurationException the address is none, or there is neither
     */
    InterfaceBuilder(YamlNode node, String name, String address) throws ConfigurationException {
        String lower = address == null ? null : address.toLowerCase(Locale.ROOT);
        if (lower != null && !lower.matches(MAC_ADDRESS)) {
            throw node.bad('"' + address + "\" is no MAC address");
        }
        if (lower == null && (name == null || name.isEmpty())) {
            throw node.bad("an interface without a name and without a MAC address");
        }
        this.name = name;
        macAddress = lower;
        vlan = 0;
    }

    private InterfaceBuilder(InterfaceBuilder parent, int vlan) {
        name = parent.name;
        macAddress = parent.macAddress;
        this.vlan = vlan;
    }

    /**
     * A VLAN on this interface.
     *
     * @param node that it is described by
     * @param number null if there is none, which is not enough
     */
    InterfaceBuilder vlan(YamlNode node, String number) throws ConfigurationException {
        try {
            return new InterfaceBuilder(this, VlanName.number(String.valueOf(number)));
        } catch (IllegalArgumentException e) {
            throw node.bad(e.getMessage());
        }
    }

    /** Whether it has no other MAC address than that; null is none. */
    boolean isOf(String address) {
        return address == null || address.equalsIgnoreCase(macAddress);
    }

    void dhcp() throws ConfigurationException {
        add("dhcp");
    }

    private void add(String item) throws ConfigurationException {
        if (items.size() == Limits.ENTRIES) {
            throw new ConfigurationException(
                    "interface %s: more than %d addresses, routes and the like"
                            .formatted(name == null ? macAddress : name, Limits.ENTRIES));
        }
        items.add(item);
    }

    /**
     * An address, with its prefix or with a mask beside it.
     *
     * @param mask null, a number of bits, or a mask such as 255.255.255.0
     */
    void address(YamlNode node, YamlNode mask) throws ConfigurationException {
        String text = node.text();
        if (text.indexOf('/') >= 0) {
            add(text);
        } else if (mask == null) {
            throw node.bad('"' + text + "\" has no prefix, and no netmask is beside it");
        } else {
            add(text + "/" + prefix(mask));
        }
    }

    /** A mask's bits. */
    private static int prefix(YamlNode mask) throws ConfigurationException {
        String text = mask.text();
        if (text.matches("[0-9]{1,3}")) {
            return Integer.parseInt(text);
        }
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw mask.bad('"' + text + "\" is no netmask");
        }
        int bits = address.isIpv4() ? Integer.bitCount(address.ipv4()) : ones(address);
        boolean isMask =
                address.isIpv4()
                        ? address.ipv4() == (bits == 0 ? 0 : -1 << IPV4_BITS - bits)
                        : address.equals(maskOf(bits));
        if (!isMask) {
            throw mask.bad('"' + text + "\" is no netmask");
        }
        return bits;
    }

    private static int ones(IpAddress address) {
        return Long.bitCount(address.high()) + Long.bitCount(address.low());
    }

    private static IpAddress maskOf(int bits) {
        long high = bits == 0 ? 0 : -1L << Long.SIZE - Math.min(bits, Long.SIZE);
        long low = bits <= Long.SIZE ? 0 : -1L << 2 * Long.SIZE - bits;
        return new IpAddress(high, low);
    }

    void gateway(String gateway) throws ConfigurationException {
        add("gateway=" + gateway);
    }

    /** Name servers: one, several with spaces between, or a list. */
    void nameServers(YamlNode servers) throws ConfigurationException {
        add("dns=", servers);
    }

    /** Domains to search. */
    void search(YamlNode domains) throws ConfigurationException {
        add("search=", domains);
    }

    private void add(String word, YamlNode node) throws ConfigurationException {
        if (node != null) {
            for (YamlNode each : node.itemOrItems()) {
                for (String text : each.text().strip().split("\\s+")) {
                    if (!text.isEmpty()) {
                        add(word + text);
                    }
                }
            }
        }
    }

    /**
     * A route.
     *
     * @param node that it is described by
     * @param destination an address with a prefix, or "default"
     * @param mask of the destination, if that has no prefix
     * @param gateway may be null
     */
    void route(YamlNode node, String destination, YamlNode mask, String gateway)
            throws ConfigurationException {
        if (destination == null || gateway == null) {
            throw node.bad("a route without destination or gateway");
        }
        boolean isWhole = destination.indexOf('/') >= 0 || destination.equals("default");
        if (!isWhole && mask == null) {
            throw node.bad("a route to " + destination + ", which has neither prefix nor netmask");
        }
        String network = isWhole ? destination : destination + "/" + prefix(mask);
        if (network.equals("default") || network.endsWith("/0")) {
            gateway(gateway);
        } else {
            add("route=" + network + "@" + gateway);
        }
    }

    /** An MTU, of which only the usual one can be had. */
    void mtu(YamlNode node) throws ConfigurationException {
        if (node != null && !node.text().equals(Integer.toString(USUAL_MTU))) {
            throw node.bad("an MTU of " + node.text() + ": it is the device's");
        }
    }

    void addTo(ConfigurationBuilder configuration) throws ConfigurationException {
        configuration.addInterface(new InterfaceSettings(name, macAddress, vlan, items));
    }
}
