package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;

/** A local address and port that a socket has taken, to listen on or to connect from. */
public final class TcpBinding {
    private final IpAddress address;
    private final int port;
    private final boolean shared;
    private final boolean listensTogether;

    /** The claims'. */
    boolean listens;

    TcpBinding(IpAddress address, int port, boolean shared, boolean listensTogether) {
        this.address = address;
        this.port = port;
        this.shared = shared;
        this.listensTogether = listensTogether;
    }

    /** One of ours, or one that stands for any. */
    public IpAddress address() {
        return address;
    }

    public int port() {
        return port;
    }

    /** Whether others may take the same, as long as nobody listens (SO_REUSEADDR). */
    boolean isShared() {
        return shared;
    }

    /** Whether others that say so too may listen on the same (SO_REUSEPORT). */
    boolean listensTogether() {
        return listensTogether;
    }

    boolean overlaps(IpAddress other) {
        return address.equals(other)
                || covers(address, other.high(), other.low())
                || covers(other, address.high(), address.low());
    }

    /** Whether an address stands for another one, among others. */
    static boolean covers(IpAddress any, long high, long low) {
        if (any.equals(IpAddress.UNSPECIFIED)) {
            return true;
        }
        return any.isIpv4() && any.ipv4() == Ipv4.UNSPECIFIED && Ipv6.isMapped(high, low);
    }
}
