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

    /**
     * @param text lines of an address and its names; what is behind a # and what cannot be read is
     *     left out
     */
    public HostsFile(String text) {
        for (String line : text.lines().toList()) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            IpAddress address = address(words[0]);
            for (int i = 1; address != null && i < words.length; i++) {
                addresses
                        .computeIfAbsent(DnsName.canonical(words[i]), name -> new ArrayList<>())
                        .add(address);
            }
        }
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
