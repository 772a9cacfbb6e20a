package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;

/** Which addresses a socket takes, and what it makes of those that stand for others. */
final class SocketAddresses {
    static final IpAddress ANY_IPV4 = IpAddress.ofIpv4(Ipv4.UNSPECIFIED);
    private static final IpAddress LOOPBACK_IPV4 = IpAddress.ofIpv4(Ipv4.LOOPBACK);
    private static final IpAddress LOOPBACK_IPV6 = new IpAddress(0, 1);
    private static final int LARGEST_PORT = 0xffff;

    private SocketAddresses() {}

    static boolean isAny(IpAddress address) {
        return address.equals(IpAddress.UNSPECIFIED) || address.equals(ANY_IPV4);
    }

    /** Any address of what the socket takes. */
    static IpAddress any(boolean onlyIpv4) {
        return onlyIpv4 ? ANY_IPV4 : IpAddress.UNSPECIFIED;
    }

    /** What to bind to. */
    static IpAddress local(SocketEndpoint local, boolean onlyIpv4) throws FileException {
        checkPort(local.port());
        if (onlyIpv4 && local.address().equals(IpAddress.UNSPECIFIED)) {
            return ANY_IPV4;
        }
        checkFamily(local.address(), onlyIpv4);
        return local.address();
    }

    /** Where to connect or send to; any address is this host's, as on Linux. */
    static IpAddress remote(SocketEndpoint remote, boolean onlyIpv4) throws FileException {
        checkPort(remote.port());
        IpAddress address = remote.address();
        if (address.equals(ANY_IPV4) || onlyIpv4 && address.equals(IpAddress.UNSPECIFIED)) {
            return LOOPBACK_IPV4;
        }
        if (address.equals(IpAddress.UNSPECIFIED)) {
            return LOOPBACK_IPV6;
        }
        checkFamily(address, onlyIpv4);
        return address;
    }

    private static void checkFamily(IpAddress address, boolean onlyIpv4) throws FileException {
        if (onlyIpv4 && !address.isIpv4()) {
            throw new FileException(Errno.EAFNOSUPPORT);
        }
    }

    private static void checkPort(int port) throws FileException {
        if (port < 0 || port > LARGEST_PORT) {
            throw new FileException(Errno.EINVAL);
        }
    }

    static boolean isMulticast(IpAddress address) {
        return address.isIpv4()
                ? Ipv4.isMulticast(address.ipv4())
                : Ipv6.isMulticast(address.high());
    }

    /** The interface that an address is of; 0 if it means the same on all. */
    static int scope(long high, int interfaceIndex) {
        return Ipv6.isLinkLocal(high) ? interfaceIndex : 0;
    }
}
