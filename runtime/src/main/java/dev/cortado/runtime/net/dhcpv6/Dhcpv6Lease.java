package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.List;

/**
 * What a server gives.
 *
 * @param server who it is
 * @param from where it is
 * @param addresses four at most
 * @param renewalSeconds when to ask it for more (T1), or {@link LeasedAddress#FOR_EVER}
 * @param rebindingSeconds when to ask anybody (T2), or {@link LeasedAddress#FOR_EVER}
 */
public record Dhcpv6Lease(
        Duid server,
        IpAddress from,
        List<LeasedAddress> addresses,
        long renewalSeconds,
        long rebindingSeconds) {
    /** Whether an address is one of them. Makes no objects. */
    public boolean has(long high, long low) {
        for (int i = 0; i < addresses.size(); i++) {
            IpAddress address = addresses.get(i).address();
            if (address.high() == high && address.low() == low) {
                return true;
            }
        }
        return false;
    }

    /** The addresses alone. */
    List<IpAddress> values() {
        return addresses.stream().map(LeasedAddress::address).toList();
    }

    /** How long the address that stays longest does. */
    long validSeconds() {
        return addresses.stream().mapToLong(LeasedAddress::validSeconds).max().orElse(0);
    }

    /** Without an address. */
    Dhcpv6Lease without(IpAddress gone) {
        return new Dhcpv6Lease(
                server,
                from,
                addresses.stream().filter(one -> !one.address().equals(gone)).toList(),
                renewalSeconds,
                rebindingSeconds);
    }
}
