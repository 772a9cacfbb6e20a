package dev.cortado.runtime.net.dhcpv6;

import static dev.cortado.runtime.net.dhcpv6.Retransmission.SECOND;

import dev.cortado.runtime.net.address.IpAddress;
import java.util.List;

/**
 * When a lease is to be renewed, and over: seconds after the answer that gave it. What is for ever
 * is after 136 years.
 */
final class LeaseTimes {
    /** A server is asked for more time no sooner. */
    private static final long RENEWAL_LEAST = 30;

    private long begun;
    private long renewalSeconds;
    private long rebindingSeconds;
    private long validSeconds;

    /** What an answer that is fine gives (RFC 8415, 14.2 and 21.4). */
    static Dhcpv6Lease lease(Dhcpv6Answer answer, IpAddress from) {
        List<LeasedAddress> valid =
                answer.addresses().stream().filter(one -> one.validSeconds() > 0).toList();
        long preferred = valid.stream().mapToLong(LeasedAddress::preferredSeconds).min().orElse(0);
        boolean isForEver = preferred == LeasedAddress.FOR_EVER;
        long renewal = isForEver ? preferred : preferred / 2;
        long rebinding = isForEver ? preferred : preferred * 8 / 10;
        renewal = answer.renewalSeconds() == 0 ? renewal : answer.renewalSeconds();
        rebinding = answer.rebindingSeconds() == 0 ? rebinding : answer.rebindingSeconds();
        renewal = Math.max(RENEWAL_LEAST, Math.min(renewal, rebinding));
        return new Dhcpv6Lease(answer.server(), from, valid, renewal, Math.max(renewal, rebinding));
    }

    void begin(Dhcpv6Lease lease, long now) {
        begun = now;
        renewalSeconds = lease.renewalSeconds();
        rebindingSeconds = lease.rebindingSeconds();
        validSeconds = lease.validSeconds();
    }

    long renewal() {
        return begun + renewalSeconds * SECOND;
    }

    long rebinding() {
        return begun + rebindingSeconds * SECOND;
    }

    long end() {
        return begun + validSeconds * SECOND;
    }

    /** When there is something to do, of a lease with nothing under way. */
    long next(long now) {
        long next = begun + Math.min(renewalSeconds, validSeconds) * SECOND;
        return next - now < 0 ? now : next;
    }
}
