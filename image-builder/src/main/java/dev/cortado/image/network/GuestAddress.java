package dev.cortado.image.network;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.image.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the guest's interface gets its address, as {@link KernelWords#NETWORK} says it.
 *
 * @param text behind that word
 * @param address the fixed one, if it is fixed
 * @param isVlan whether it is that of a VLAN on an interface
 */
public record GuestAddress(String text, Optional<String> address, boolean isVlan) {
    private static final Pattern INTERFACE =
            Pattern.compile("[a-z]{1,8}\\d{1,3}(?:\\.(?<vlan>\\d{1,4}))?:(?<items>.+)");
    private static final int LAST_VLAN = 4094;
    private static final Pattern FIXED = Pattern.compile("([0-9.]+)/(\\d{1,2})");
    private static final int FIRST_MULTICAST = 224;

    /**
     * Understands {@code eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3}, {@code eth0:dhcp} and
     * {@code none}; {@code eth0.5} is VLAN 5 on eth0. There may be several servers for names.
     *
     * @throws UserError if it is something else, or cannot work
     */
    public static GuestAddress parse(String word) {
        String text = word.strip();
        if (text.equals("none")) {
            return new GuestAddress(text, Optional.empty(), false);
        }
        Matcher match = INTERFACE.matcher(text);
        if (!match.matches()) {
            throw error(word, "write for example eth0:10.0.2.15/24,gateway=10.0.2.2, or eth0:dhcp");
        }
        String vlan = match.group("vlan");
        boolean isVlan = vlan != null;
        if (isVlan && (vlan.startsWith("0") || Integer.parseInt(vlan) > LAST_VLAN)) {
            throw error(word, "a VLAN has a number from 1 to " + LAST_VLAN);
        }
        List<String> parts = new ArrayList<>(List.of(match.group("items").split(",", -1)));
        String first = parts.removeFirst();
        if (first.equals("dhcp")) {
            if (!parts.isEmpty()) {
                throw error(word, "the server of DHCP says all that stands behind dhcp");
            }
            return new GuestAddress(text, Optional.empty(), isVlan);
        }
        return new GuestAddress(text, Optional.of(fixed(word, first, parts)), isVlan);
    }

    private static String fixed(String word, String first, List<String> more) {
        Matcher match = FIXED.matcher(first);
        if (!match.matches()) {
            throw error(word, first + " is no address with its prefix, such as 10.0.2.15/24");
        }
        int address = host(word, match.group(1));
        int prefix = Integer.parseInt(match.group(2));
        if (prefix < 1 || prefix > Ipv4.BITS) {
            throw error(word, "a prefix has from 1 to " + Ipv4.BITS + " bits");
        }
        boolean gateway = false;
        for (String part : more) {
            if (part.startsWith("dns=")) {
                host(word, part.substring("dns=".length()));
            } else if (part.startsWith("gateway=") && !gateway) {
                gateway = true;
                int router = host(word, part.substring("gateway=".length()));
                if (!Ipv4.sameNetwork(address, router, prefix) || router == address) {
                    throw error(
                            word,
                            "%s is no neighbour of %s"
                                    .formatted(part.substring("gateway=".length()), first));
                }
            } else {
                throw error(word, "\"" + part + "\" is none of gateway=, once, and dns=");
            }
        }
        return match.group(1);
    }

    /** The address of one machine. */
    private static int host(String word, String text) {
        OptionalInt address = Ipv4.parse(text);
        if (address.isEmpty()) {
            throw error(word, "\"" + text + "\" is no IPv4 address");
        }
        int first = address.getAsInt() >>> 24;
        if (first == 0 || first == 127 || first >= FIRST_MULTICAST) {
            throw error(word, text + " is the address of no machine in a network");
        }
        return address.getAsInt();
    }

    private static UserError error(String word, String why) {
        return new UserError("--address %s: %s".formatted(word, why));
    }

    /** For the guest's command line. */
    String kernelWord() {
        return KernelWords.NETWORK + text;
    }
}
