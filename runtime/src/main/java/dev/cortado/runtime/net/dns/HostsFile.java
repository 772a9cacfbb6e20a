package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.wire.DnsName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names that are known without asking: the text of hosts(5), and RFC 6761's localhost. */
public final class HostsFile {
    private static final String LOCALHOST = "localhost";

    private final Map<String, List<IpAddress>> addresses = new HashMap<>();
    private final Map<IpAddress, String> names = new HashMap<>();
    private int malformed;

    /**
     * @param text lines of an address and its names; what is behind a # and what cannot be read is
     *     left out
     */
    public HostsFile(String text) {
        for (String line : text.lines().toList()) {
            String said = line.replaceFirst("#.*", "").strip();
            if (!said.isEmpty()) {
                add(said.split("\\s+"));
            }
        }
    }

    private void add(String[] words) {
        IpAddress address = address(words[0]);
        if (address == null || words.length == 1) {
            malformed++;
            return;
        }
        for (int i = 1; i < words.length; i++) {
            String name = DnsName.canonical(words[i]);
            addresses.computeIfAbsent(name, first -> new ArrayList<>()).add(address);
            names.putIfAbsent(address, name);
        }
    }

    /** Lines that were left out because they cannot be read. */
    public int malformed() {
        return malformed;
    }

    /** How many names it has. */
    public int names() {
        return addresses.size();
    }

    /** The first name of an address; null if it has none. */
    String nameOf(IpAddress address) {
        return names.get(address);
    }

    private static IpAddress address(String word) {
        try {
            return IpAddress.parse(word);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The addresses of a family; null if the name is not there. */
    List<IpAddress> find(String name, boolean isIpv4) {
        List<IpAddress> found = addresses.get(name);
        if (found == null && (name.equals(LOCALHOST) || name.endsWith("." + LOCALHOST))) {
            found = List.of(IpAddress.parse("127.0.0.1"), IpAddress.parse("::1"));
        }
        return found == null
                ? null
                : found.stream().filter(address -> address.isIpv4() == isIpv4).toList();
    }
}
