package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;

/** What people say of an interface, item by item. */
final class InterfaceItems {
    private static final String DHCP = "dhcp";
    private static final String GATEWAY = "gateway";
    private static final String ROUTE = "route";
    private static final String DNS = "dns";
    private static final String SEARCH = "search";
    private static final int MOST_DIGITS = 3;

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
                case ROUTE -> plan.routes.add(route(value, item));
                case DNS -> plan.nameServers.add(host(value, item));
                case SEARCH -> plan.search.add(value);
                default -> throw bad(item, "is none of gateway=, route=, dns= and search=");
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
        return InterfaceAddress.of(address, prefix(item.substring(slash + 1), address, item));
    }

    private static int prefix(String bits, IpAddress address, String item) {
        int most = address.isIpv4() ? 32 : 128;
        int prefix = number(bits);
        if (prefix < 1 || prefix > most) {
            throw bad(item, "has a prefix that is not from 1 to " + most);
        }
        return prefix;
    }

    /**
     * Up to three digits; 0 if it is something else. Regular expressions have no place at a start:
     * they take longer than all else that is read here.
     */
    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || i == MOST_DIGITS) {
                return 0;
            }
            value = 10 * value + digit - '0';
        }
        return value;
    }

    /** A network and who leads there, such as 10.1.0.0/16@10.0.2.3. */
    private static PlannedRoute route(String value, String item) {
        int slash = value.indexOf('/');
        int at = value.indexOf('@');
        if (slash < 0 || at < slash) {
            throw bad(item, "is no network and gateway such as route=10.1.0.0/16@10.0.2.3");
        }
        IpAddress network = parse(value.substring(0, slash), item);
        int prefix = prefix(value.substring(slash + 1, at), network, item);
        IpAddress gateway = host(value.substring(at + 1), item);
        if (gateway.isIpv4() != network.isIpv4()) {
            throw bad(item, "has a gateway of the other IP");
        }
        return new PlannedRoute(network, prefix, gateway);
    }

    private static IpAddress parse(String text, String item) {
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(item, "has no address that can be read: " + text);
        }
    }

    /** An address that one host can have. */
    private static IpAddress host(String text, String item) {
        IpAddress address = parse(text, item);
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
