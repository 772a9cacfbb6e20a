package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;

/** What people say of an interface, item by item. */
final class InterfaceItems {
    private static final String DHCP = "dhcp";
    private static final String GATEWAY = "gateway";
    private static final String DNS = "dns";
    private static final String SEARCH = "search";

    private InterfaceItems() {}

    /**
     * Adds an item to a plan.
     *
     * @throws IllegalArgumentException it is none
     */
    static void read(InterfacePlan plan, String item) {
        int equals = item.indexOf('=');
        if (item.equals(DHCP)) {
            plan.dhcp = true;
        } else if (equals < 0) {
            plan.addresses.add(address(item));
        } else {
            String value = item.substring(equals + 1);
            switch (item.substring(0, equals)) {
                case GATEWAY -> plan.gateways.add(host(value, item));
                case DNS -> plan.nameServers.add(host(value, item));
                case SEARCH -> plan.search.add(value);
                default -> throw bad(item, "is none of gateway=, dns= and search=");
            }
        }
    }

    /** An address and its prefix, such as 10.0.2.15/24. */
    static InterfaceAddress address(String item) {
        int slash = item.indexOf('/');
        if (slash < 0) {
            throw bad(item, "is neither dhcp nor an address and its prefix such as 10.0.2.15/24");
        }
        IpAddress address = host(item.substring(0, slash), item);
        String bits = item.substring(slash + 1);
        int most = address.isIpv4() ? 32 : 128;
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most || bits.equals("0")) {
            throw bad(item, "has a prefix that is not from 1 to " + most);
        }
        return InterfaceAddress.of(address, Integer.parseInt(bits));
    }

    /** An address that one host can have. */
    private static IpAddress host(String text, String item) {
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(item, "has no address that can be read: " + text);
        }
        int first = address.isIpv4() ? address.ipv4() >>> 24 : (int) (address.high() >>> 56);
        boolean isGroup = address.isIpv4() ? first >= 224 : first == 0xff;
        boolean isNobody = address.isIpv4() ? first == 0 : address.equals(IpAddress.UNSPECIFIED);
        if (isGroup || isNobody) {
            throw bad(item, "has an address that is no host's: " + text);
        }
        return address;
    }

    static IllegalArgumentException bad(String what, String why) {
        return new IllegalArgumentException("\"" + what + "\" " + why);
    }
}
