package dev.cortado.runtime.jdk;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.socket.SocketEndpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Addresses of the JDK and of the network stack. To the stack there is one wildcard, {@link
 * IpAddress#UNSPECIFIED}, and a scope only where an address needs one.
 */
final class NetAddresses {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /** Of a multicast address: as link-local ones need an interface (RFC 7346, 2). */
    private static final int LINK_LOCAL_SCOPE = 2;

    private NetAddresses() {}

    /**
     * @param bytes 4 or 16, in network order
     */
    static IpAddress address(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case IPV4_BYTES -> IpAddress.ofIpv4(buffer.getInt());
            case IPV6_BYTES -> new IpAddress(buffer.getLong(), buffer.getLong());
            default -> throw new IllegalArgumentException(bytes.length + " bytes of an address");
        };
    }

    static IpAddress address(InetAddress address) {
        return address(address.getAddress());
    }

    /** As many bytes as the address' family has. */
    static byte[] bytes(IpAddress address) {
        return address.isIpv4()
                ? ByteBuffer.allocate(IPV4_BYTES).putInt(address.ipv4()).array()
                : ByteBuffer.allocate(IPV6_BYTES)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    /** Whether it can be on another link, too, with the same address. */
    static boolean needsScope(IpAddress address) {
        long high = address.high();
        return Ipv6.isLinkLocal(high)
                || Ipv6.isMulticast(high) && Ipv6.multicastScope(high) <= LINK_LOCAL_SCOPE;
    }

    static boolean isWildcard(IpAddress address) {
        return address.equals(IpAddress.UNSPECIFIED)
                || address.isIpv4() && address.ipv4() == Ipv4.UNSPECIFIED;
    }

    static boolean isLoopback(IpAddress address) {
        return address.isIpv4()
                ? Ipv4.isLoopback(address.ipv4())
                : Ipv6.isLoopback(address.high(), address.low());
    }

    static SocketEndpoint endpoint(InetAddress address, int port) {
        int scope = address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
        return endpoint(address(address), port, scope);
    }

    static SocketEndpoint endpoint(IpAddress address, int port, int scope) {
        return isWildcard(address)
                ? new SocketEndpoint(IpAddress.UNSPECIFIED, port, 0)
                : new SocketEndpoint(address, port, needsScope(address) ? scope : 0);
    }

    /**
     * @param host its name; null if nobody has asked for it
     * @param scope 0 for none
     */
    static InetAddress inetAddress(String host, IpAddress address, int scope) {
        byte[] bytes = bytes(address);
        try {
            return scope == 0 || address.isIpv4()
                    ? InetAddress.getByAddress(host, bytes)
                    : Inet6Address.getByAddress(host, bytes, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // only of another length
        }
    }

    static InetAddress inetAddress(SocketEndpoint endpoint) {
        return inetAddress(null, endpoint.address(), endpoint.scope());
    }

    static InetSocketAddress socketAddress(SocketEndpoint endpoint) {
        return new InetSocketAddress(inetAddress(endpoint), endpoint.port());
    }
}
