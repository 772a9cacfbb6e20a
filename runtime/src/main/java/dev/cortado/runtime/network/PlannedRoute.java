package dev.cortado.runtime.network;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.ip.Route;
import dev.cortado.runtime.net.link.Link;

/**
 * A way to a network that an interface is to have.
 *
 * @param prefixLength of the network, in its family
 * @param gateway of the same family, a neighbour
 */
record PlannedRoute(IpAddress network, int prefixLength, IpAddress gateway) {
    Route of(Link link, int metric) {
        return Route.of(network, prefixLength, gateway, link, metric);
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength + "@" + gateway;
    }
}
