package dev.cortado.runtime.network;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.link.InterfaceAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the command line says of the network: words such as {@code
 * cortado.net=eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3}, {@code cortado.net=eth0:dhcp} and
 * {@code cortado.net=none}. Several words of one interface are added up. An interface that no word
 * names asks DHCP and routers.
 */
final class InterfaceWords {
    private static final String NONE = "none";
    private static final String DHCP = "dhcp";
    private static final String GATEWAY = "gateway";
    private static final String DNS = "dns";
    private static final String SEARCH = "search";

    private static final int LONGEST_NAME = 15;

    private final Map<String, InterfacePlan> plans = new LinkedHashMap<>();
    private final Consumer<String> problems;
    private boolean none;

    /**
     * @param words each beginning with {@link KernelWords#NETWORK}
     * @param problems is told of each word that is no good, and is left out, in one line
     */
    InterfaceWords(List<String> words, Consumer<String> problems) {
        for (String word : words) {
            try {
                read(word.substring(KernelWords.NETWORK.length()));
            } catch (IllegalArgumentException e) {
                problems.accept("command line: " + word + ": " + e.getMessage() + "; left out");
            }
        }
        this.problems = problems;
    }

    /** Whether there is to be loopback only. */
    boolean isNone() {
        return none;
    }

    /**
     * The interface's; an empty one if no word names it.
     *
     * @param hosts words of the host's, of which those like 10.0.2.15/24 are addresses that it
     *     wants the interface to have; one without a prefix only says what a guest may use
     */
    InterfacePlan plan(String name, List<String> hosts) {
        List<InterfaceAddress> addresses = new ArrayList<>();
        for (String word : hosts) {
            try {
                if (word.indexOf('/') >= 0) {
                    addresses.add(interfaceAddress(word));
                }
            } catch (IllegalArgumentException e) {
                problems.accept("the host: " + name + ": " + e.getMessage() + "; left out");
            }
        }
        InterfacePlan plan = plans.getOrDefault(name, new InterfacePlan()).with(addresses);
        check(name, plan);
        return plan;
    }

    /** All that are named. */
    List<String> names() {
        return List.copyOf(plans.keySet());
    }

    private void read(String text) {
        if (text.equals(NONE)) {
            none = true;
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw bad(text, "is not none, nor an interface, a colon and what it is to have");
        }
        String name = text.substring(0, colon);
        if (name.length() > LONGEST_NAME || !name.matches("[a-z][a-z0-9]*")) {
            throw bad(name, "is no name of an interface such as eth0");
        }
        InterfacePlan read = new InterfacePlan();
        for (String item : text.substring(colon + 1).split(",", -1)) {
            readItem(read, item);
        }
        plans.computeIfAbsent(name, key -> new InterfacePlan()).add(read);
    }

    private static void readItem(InterfacePlan plan, String item) {
        int equals = item.indexOf('=');
        if (item.equals(DHCP)) {
            plan.dhcp = true;
        } else if (equals < 0) {
            plan.addresses.add(interfaceAddress(item));
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

    private static InterfaceAddress interfaceAddress(String item) {
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

    /** A gateway has to be a neighbour of ours, whichever word says our network. */
    private void check(String name, InterfacePlan plan) {
        for (IpAddress gateway : List.copyOf(plan.gateways)) {
            boolean isNear =
                    isLinkLocal(gateway)
                            || plan.addresses.stream().anyMatch(own -> reaches(own, gateway));
            if (!isNear) {
                plan.gateways.remove(gateway);
                problems.accept(
                        "command line: "
                                + name
                                + ": \"gateway="
                                + gateway
                                + "\" is in no network of its addresses; left out");
            }
        }
    }

    private static boolean isLinkLocal(IpAddress address) {
        return !address.isIpv4() && address.high() >>> 54 == 0xfe80 >>> 6;
    }

    private static boolean reaches(InterfaceAddress own, IpAddress gateway) {
        // A host with a network of its own has its gateway on the same link, whatever its address.
        boolean isAlone = own.prefixLength() == (own.isIpv4() ? 32 : 128);
        return own.isIpv4() == gateway.isIpv4()
                && (isAlone || own.isOnLink(gateway.high(), gateway.low()))
                && !own.is(gateway.high(), gateway.low());
    }

    private static IllegalArgumentException bad(String what, String why) {
        return new IllegalArgumentException("\"" + what + "\" " + why);
    }
}
