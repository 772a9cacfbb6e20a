package dev.cortado.runtime.socket;

import dev.cortado.runtime.net.address.IpAddress;

/**
 * One end of a connection, or of a datagram's way.
 *
 * @param address IPv4's as IPv4-mapped
 * @param port 0 to 65535; 0 for none, or to be chosen
 * @param scope index of the interface of a link-local or multicast address; 0 for none
 */
public record SocketEndpoint(IpAddress address, int port, int scope) {
    public static final SocketEndpoint NONE = new SocketEndpoint(IpAddress.UNSPECIFIED, 0, 0);
}
