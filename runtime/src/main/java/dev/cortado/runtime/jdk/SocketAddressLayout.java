package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.socket.SocketEndpoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of {@code struct sockaddr_in} and {@code sockaddr_in6} (Linux, linux/in.h and in6.h).
 * Ports and addresses are in network order, the family and the scope in the machine's.
 */
final class SocketAddressLayout {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    static final int FAMILY = 0;
    static final int FAMILY_BYTES = 2;
    static final int PORT = 2;

    static final int IPV4_ADDRESS = 4;
    static final int IPV4_BYTES = 16;

    static final int IPV6_FLOW = 4;
    static final int IPV6_ADDRESS = 8;
    static final int IPV6_SCOPE = 24;
    static final int IPV6_BYTES = 28;

    private static final int UNSIGNED_SHORT = 0xffff;

    private SocketAddressLayout() {}

    /**
     * Writes an address, of IPv4 as such. The JDK compares all bytes, so what is not used is 0.
     *
     * @param to has room for {@link #IPV6_BYTES}
     */
    static void write(ByteBuffer to, long high, long low, int port, int scope) {
        boolean isIpv4 = Ipv6.isMapped(high, low);
        for (int i = 0; i < IPV6_BYTES; i++) {
            to.put(i, (byte) 0);
        }
        to.order(ByteOrder.nativeOrder());
        to.putShort(FAMILY, (short) (isIpv4 ? AF_INET : AF_INET6));
        to.putInt(IPV6_SCOPE, isIpv4 ? 0 : scope);
        to.order(ByteOrder.BIG_ENDIAN);
        to.putShort(PORT, (short) port);
        if (isIpv4) {
            to.putInt(IPV4_ADDRESS, (int) low);
        } else {
            to.putLong(IPV6_ADDRESS, high);
            to.putLong(IPV6_ADDRESS + Long.BYTES, low);
        }
    }

    /**
     * @param from as many bytes as the structure has
     * @throws FileException EINVAL if it is too short for its family, EAFNOSUPPORT if that is none
     *     of IP's
     */
    static SocketEndpoint read(ByteBuffer from) throws FileException {
        require(from, FAMILY + FAMILY_BYTES);
        int family = from.order(ByteOrder.nativeOrder()).getShort(FAMILY);
        if (family != AF_INET && family != AF_INET6) {
            throw new FileException(Errno.EAFNOSUPPORT);
        }
        require(from, family == AF_INET ? IPV4_BYTES : IPV6_BYTES);
        int scope = family == AF_INET ? 0 : from.getInt(IPV6_SCOPE);
        from.order(ByteOrder.BIG_ENDIAN);
        IpAddress address =
                family == AF_INET
                        ? IpAddress.ofIpv4(from.getInt(IPV4_ADDRESS))
                        : new IpAddress(
                                from.getLong(IPV6_ADDRESS),
                                from.getLong(IPV6_ADDRESS + Long.BYTES));
        return NetAddresses.endpoint(address, from.getShort(PORT) & UNSIGNED_SHORT, scope);
    }

    private static void require(ByteBuffer from, int bytes) throws FileException {
        if (from.capacity() < bytes) {
            throw new FileException(Errno.EINVAL);
        }
    }
}
