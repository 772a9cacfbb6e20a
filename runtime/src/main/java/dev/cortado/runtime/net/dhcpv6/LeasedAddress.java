package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;

/**
 * An address of a server's (RFC 8415, 21.6).
 *
 * @param preferredSeconds how long to begin something with it, or {@link #FOR_EVER}
 * @param validSeconds how long it is ours, or {@link #FOR_EVER}
 */
public record LeasedAddress(IpAddress address, long preferredSeconds, long validSeconds) {
    public static final long FOR_EVER = 0xffff_ffffL;
}
