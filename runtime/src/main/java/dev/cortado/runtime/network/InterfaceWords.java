package dev.cortado.runtime.network;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.runtime.configuration.VlanName;
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
 * {@code cortado.net=none}; eth0.5 is VLAN 5 on eth0. Several words of one interface are added up.
 * An interface that no word names asks DHCP and routers.
 */
final class InterfaceWords {
    private static final String NONE = "none";
    private static final String COMMAND_LINE = "command line";

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
                problems.accept(COMMAND_LINE + ": " + word + ": " + e.getMessage() + "; left out");
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
                    addresses.add(InterfaceItems.address(word));
                }
            } catch (IllegalArgumentException e) {
                problems.accept("the host: " + name + ": " + e.getMessage() + "; left out");
            }
        }
        InterfacePlan plan =
                plans.getOrDefault(name, new InterfacePlan(COMMAND_LINE)).with(addresses);
        check(name, plan);
        return plan;
    }

    /** What somebody else says of an interface counts if no word names it. */
    void otherwise(String name, InterfacePlan plan) {
        plans.putIfAbsent(name, plan);
    }

    /** All that are named. */
    List<String> names() {
        return List.copyOf(plans.keySet());
    }

    /** The numbers of the VLANs on an interface that are named. */
    List<Integer> vlans(String name) {
        return plans.keySet().stream()
                .map(VlanName::of)
                .filter(each -> each.vlan() != 0 && each.parent().equals(name))
                .map(VlanName::vlan)
                .toList();
    }

    private void read(String text) {
        if (text.equals(NONE)) {
            none = true;
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw InterfaceItems.bad(
                    text, "is not none, nor an interface, a colon and what it is to have");
        }
        String name = text.substring(0, colon);
        if (name.length() > LONGEST_NAME || !isName(VlanName.of(name).parent())) {
            throw InterfaceItems.bad(name, "is no name of an interface such as eth0");
        }
        InterfacePlan read = new InterfacePlan(COMMAND_LINE);
        for (String item : text.substring(colon + 1).split(",", -1)) {
            InterfaceItems.read(read, item);
        }
        plans.computeIfAbsent(name, key -> new InterfacePlan(COMMAND_LINE)).add(read);
    }

    /** Small letters and digits, a letter first. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean isLetter = each >= 'a' && each <= 'z';
            if (!isLetter && (i == 0 || each < '0' || each > '9')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** A gateway has to be a neighbour of ours, whichever word says our network. */
    private void check(String name, InterfacePlan plan) {
        for (IpAddress gateway : List.copyOf(plan.gateways)) {
            if (!isNear(gateway, plan)) {
                plan.gateways.remove(gateway);
                leaveOut(name, plan, "gateway=" + gateway);
            }
        }
        for (PlannedRoute route : List.copyOf(plan.routes)) {
            // Which network a server of DHCP gives is not known yet.
            boolean mayBeNear = route.gateway().isIpv4() && plan.asksDhcp();
            if (!mayBeNear && !isNear(route.gateway(), plan)) {
                plan.routes.remove(route);
                leaveOut(name, plan, "route=" + route);
            }
        }
    }

    private static boolean isNear(IpAddress gateway, InterfacePlan plan) {
        return isLinkLocal(gateway)
                || plan.addresses.stream().anyMatch(own -> reaches(own, gateway));
    }

    private void leaveOut(String name, InterfacePlan plan, String item) {
        String why = " is in no network of its addresses; left out";
        problems.accept(plan.by() + ": " + name + ": \"" + item + '"' + why);
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
}
