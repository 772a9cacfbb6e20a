package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.wire.Dhcpv6Message;

/**
 * What a client asks, and how often (RFC 8415, 7.6): seconds to the first repetition, the most
 * between two of them, how many there are, and how long it goes on; 0 is no limit.
 */
enum Exchange {
    SOLICIT(Dhcpv6Message.SOLICIT, true, 1, 3600, 0, 0),
    REQUEST(Dhcpv6Message.REQUEST, false, 1, 30, 10, 0),
    CONFIRM(Dhcpv6Message.CONFIRM, true, 1, 4, 0, 10),
    RENEW(Dhcpv6Message.RENEW, false, 10, 600, 0, 0),
    REBIND(Dhcpv6Message.REBIND, false, 10, 600, 0, 0),
    INFORM(Dhcpv6Message.INFORMATION_REQUEST, true, 1, 3600, 0, 0),
    RELEASE(Dhcpv6Message.RELEASE, false, 1, 0, 4, 0),
    DECLINE(Dhcpv6Message.DECLINE, false, 1, 0, 4, 0);

    final int type;

    /** Whether the first message waits up to a second, lest all ask at once. */
    final boolean isDelayed;

    final int initialSeconds;
    final int maximumSeconds;
    final int count;
    final int durationSeconds;

    Exchange(
            int type,
            boolean isDelayed,
            int initialSeconds,
            int maximumSeconds,
            int count,
            int durationSeconds) {
        this.type = type;
        this.isDelayed = isDelayed;
        this.initialSeconds = initialSeconds;
        this.maximumSeconds = maximumSeconds;
        this.count = count;
        this.durationSeconds = durationSeconds;
    }
}
