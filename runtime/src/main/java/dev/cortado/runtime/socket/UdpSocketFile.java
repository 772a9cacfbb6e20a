package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.udp.GroupResult;
import dev.cortado.runtime.net.udp.UdpGroups;
import java.nio.ByteBuffer;

/** A UDP socket (udp(7)). One that is not only IPv4's takes both. */
public final class UdpSocketFile extends SocketFile {
    private final UdpEndpoint endpoint;

    public UdpSocketFile(SocketHost host, boolean onlyIpv4) {
        this(new UdpEndpoint(host, onlyIpv4));
    }

    private UdpSocketFile(UdpEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** What is done between {@link #enter} and {@link #leave}. */
    private interface Call {
        void run() throws FileException;
    }

    private void within(Call call) throws FileException {
        enter();
        try {
            call.run();
        } finally {
            leave();
        }
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            return new UdpSocketFile(endpoint);
        } finally {
            leave();
        }
    }

    @Override
    public void bind(SocketEndpoint local) throws FileException {
        within(() -> endpoint.bind(local));
    }

    /**
     * Takes datagrams of one peer only from now on, and sends to him; another time it changes him.
     *
     * @throws FileException ENETUNREACH, EADDRNOTAVAIL, EACCES for a broadcast address
     */
    public void connect(SocketEndpoint remote) throws FileException {
        within(() -> endpoint.connect(remote));
    }

    /** Takes everybody's datagrams again. The port stays. */
    public void disconnect() throws FileException {
        within(endpoint::disconnect);
    }

    /**
     * Takes a datagram, waiting for it if need be and allowed.
     *
     * @param source is told from whom it is; may be null
     * @return its bytes, as many as there is room for: the rest is lost; {@link #UNAVAILABLE}
     * @throws FileException ECONNREFUSED if the peer of a connected socket has refused one
     */
    public int receive(ByteBuffer to, DatagramSource source) throws FileException {
        enter();
        try {
            return endpoint.receive(to, source, this);
        } finally {
            leave();
        }
    }

    /**
     * Sends all bytes as one datagram.
     *
     * @param remote null for whom it is connected to
     * @return how many, or {@link #UNAVAILABLE}
     * @throws FileException EMSGSIZE, ENETUNREACH, EDESTADDRREQ; ECONNREFUSED of an earlier one
     */
    public int send(ByteBuffer from, SocketEndpoint remote) throws FileException {
        enter();
        try {
            return endpoint.send(from, remote, this);
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        return receive(to, null);
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        return send(from, null);
    }

    /**
     * Takes what goes to a group.
     *
     * @param interfaceIndex 0 for the one where groups are if nobody says where
     * @param source takes his datagrams only; null for everybody's
     * @throws FileException EADDRINUSE if it is in there, EINVAL, ENODEV, ENOBUFS
     */
    public void join(IpAddress group, int interfaceIndex, IpAddress source) throws FileException {
        within(() -> check(groups().join(group, interfaceIndex, source, endpoint.now())));
    }

    /**
     * @throws FileException EADDRNOTAVAIL if it is not in there
     */
    public void leave(IpAddress group, int interfaceIndex, IpAddress source) throws FileException {
        within(() -> check(groups().leave(group, interfaceIndex, source, endpoint.now())));
    }

    /**
     * Takes no more of one who sends to a group that was joined for everybody.
     *
     * @throws FileException EINVAL if it was not, EADDRNOTAVAIL if he is blocked
     */
    public void block(IpAddress group, int interfaceIndex, IpAddress source) throws FileException {
        within(() -> check(groups().block(group, interfaceIndex, source, endpoint.now())));
    }

    /**
     * @throws FileException as {@link #block}; EADDRNOTAVAIL if he is not blocked
     */
    public void unblock(IpAddress group, int interfaceIndex, IpAddress source)
            throws FileException {
        within(() -> check(groups().unblock(group, interfaceIndex, source, endpoint.now())));
    }

    private UdpGroups groups() {
        return endpoint.socket.groups();
    }

    private static void check(GroupResult result) throws FileException {
        switch (result) {
            case DONE, CHANGED -> {}
            case MEMBER_BEFORE -> throw new FileException(Errno.EADDRINUSE);
            case NO_MEMBER -> throw new FileException(Errno.EADDRNOTAVAIL);
            case OTHER_MODE, NO_GROUP -> throw new FileException(Errno.EINVAL);
            case NO_INTERFACE -> throw new FileException(Errno.ENODEV);
            case TOO_MANY -> throw new FileException(Errno.ENOBUFS);
        }
    }

    @Override
    public long available() throws FileException {
        enter();
        try {
            return endpoint.socket.inbox().available();
        } finally {
            leave();
        }
    }

    @Override
    public void shutdown(boolean input, boolean output) throws FileException {
        within(() -> endpoint.shutdown(input, output));
    }

    @Override
    public void setOption(SocketOption option, int value) throws FileException {
        within(() -> endpoint.options.set(option, value));
    }

    @Override
    public int option(SocketOption option) throws FileException {
        enter();
        try {
            return endpoint.options.get(option);
        } finally {
            leave();
        }
    }

    @Override
    public SocketEndpoint localEndpoint() {
        return endpoint.localEndpoint();
    }

    @Override
    public SocketEndpoint remoteEndpoint() {
        return endpoint.remoteEndpoint();
    }

    @Override
    public int pollState() {
        return isClosed() ? PollState.INVALID : endpoint.pollState();
    }
}
