package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.List;

/**
 * What came of a question.
 *
 * @param name the canonical name, at the end of the aliases
 * @param addresses in the order in which they came; empty unless FOUND
 */
public record DnsAnswer(DnsStatus status, String name, List<IpAddress> addresses) {
    static DnsAnswer none(DnsStatus status, String name) {
        return new DnsAnswer(status, name, List.of());
    }
}
