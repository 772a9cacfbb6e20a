package dev.cortado.runtime.net.dhcpv6;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.ndp.Autoconfiguration;
import java.util.LinkedHashSet;
import java.util.Set;

/** The lease that a client has, and its addresses on the interface. Under the client's lock. */
final class Binding {
    private final Autoconfiguration addresses;
    private final LeaseTimes times = new LeaseTimes();

    /** What servers have given, of what is there: an answer need not name it again. */
    private final Set<IpAddress> given = new LinkedHashSet<>();

    /** Read without the lock. */
    private volatile Dhcpv6Lease lease;

    Binding(Autoconfiguration addresses) {
        this.addresses = addresses;
    }

    /** Null if there is none. */
    Dhcpv6Lease lease() {
        return lease;
    }

    /** Whether there is a lease whose time is over. */
    boolean isOver(long now) {
        return lease != null && now - times.end() >= 0;
    }

    /** Of the lease that there is. */
    LeaseTimes times() {
        return times;
    }

    /**
     * Puts what an answer gives in the place of what there was (RFC 8415, 18.2.10.1). An address of
     * which it says nothing goes when its time is over.
     *
     * @param conflict is told of an address that somebody else has
     */
    Dhcpv6Lease bind(
            Dhcpv6Answer answer,
            IpAddress from,
            Autoconfiguration.ConflictListener conflict,
            long now) {
        for (LeasedAddress one : answer.addresses()) {
            if (one.validSeconds() == 0) {
                addresses.withdraw(one.address(), now);
            }
        }
        Dhcpv6Lease fresh = LeaseTimes.lease(answer, from);
        lease = fresh;
        times.begin(fresh, now);
        for (LeasedAddress one : fresh.addresses()) {
            addresses.assign(
                    one.address(), one.preferredSeconds(), one.validSeconds(), conflict, now);
            given.add(one.address());
        }
        given.removeIf(one -> addresses.link().address(one.high(), one.low()) == null);
        return fresh;
    }

    /** A server wants an address of several back. */
    void takeBack(IpAddress address, long now) {
        drop(address);
        addresses.withdraw(address, now);
    }

    /** An address of several is not ours. */
    void drop(IpAddress address) {
        lease = lease.without(address);
    }

    /** Takes all away that servers have given, whether the last answer has named it or not. */
    void withdrawAll(long now) {
        given.forEach(address -> addresses.withdraw(address, now));
        given.clear();
    }

    /** What there was until now, or null. */
    Dhcpv6Lease giveUp(long now) {
        Dhcpv6Lease gone = lease;
        lease = null;
        if (gone != null) {
            gone.values().forEach(address -> addresses.withdraw(address, now));
        }
        return gone;
    }
}
