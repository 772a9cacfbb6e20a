package dev.cortado.runtime.net.dhcp;

import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.link.InterfaceAddress;

/** What a lease makes of an interface: an address, a default route, an MTU. */
final class LeaseSetup {
    private static final int METRIC = 100;

    private final EthernetLink link;
    private final IpLayer ip;

    LeaseSetup(EthernetLink link, IpLayer ip) {
        this.link = link;
        this.ip = ip;
    }

    /**
     * Puts a lease in the place of another one.
     *
     * @param old what there was, or null
     * @return the fresh one
     */
    DhcpLease configure(DhcpLease old, DhcpLease fresh) {
        if (old != null && !old.isSameAddress(fresh)) {
            remove(old);
        } else if (old != null && old.router() != null && !old.router().equals(fresh.router())) {
            ip.routes().remove(defaultRoute(old)::equals);
        }
        ip.addAddress(link, InterfaceAddress.of(fresh.address(), fresh.prefixLength()));
        if (fresh.router() != null) {
            ip.routes().add(defaultRoute(fresh));
        }
        if (fresh.mtu() != 0) {
            link.setMtuLimit(fresh.mtu());
        }
        return fresh;
    }

    void remove(DhcpLease gone) {
        if (gone.router() != null) {
            ip.routes().remove(defaultRoute(gone)::equals);
        }
        ip.removeAddress(link, InterfaceAddress.of(gone.address(), gone.prefixLength()));
    }

    private Route defaultRoute(DhcpLease of) {
        return Route.toEverywhere(of.router(), link, METRIC);
    }
}
