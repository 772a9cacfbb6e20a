package dev.cortado.runtime.net.udp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.ip.TransportChecksum;
import dev.cortado.runtime.net.wire.IpProtocol;
import dev.cortado.runtime.net.wire.UdpHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A UDP socket. Its queue of datagrams holds as much memory as its receive buffer may; what comes
 * when it is full is dropped and counted. Any thread may call.
 */
public final class UdpSocket {
    /** Memory of the datagrams that nobody has read. */
    public static final int DEFAULT_RECEIVE_BUFFER = 256 * 1024;

    /** Longest data of a datagram over IPv4; over IPv6 it is 20 bytes more. */
    public static final int MAXIMUM_DATA_BYTES = 65507;

    private final IpLayer ip;
    private final UdpTable table;
    private final DropCounters drops;
    private final UdpOptions options = new UdpOptions();
    private final UdpGroups groups;

    private final ReentrantLock lock = new ReentrantLock();
    private final UdpInbox inbox = new UdpInbox(DEFAULT_RECEIVE_BUFFER);
    private boolean isClosed;

    // Written under the lock, or the table's; read by who looks for a socket.
    volatile long localHigh;
    volatile long localLow;
    private volatile int localPort;
    volatile Peer peer;
    private volatile UdpListener listener = (socket, now) -> {};

    record Peer(long high, long low, int port) {
        boolean is(long otherHigh, long otherLow, int otherPort) {
            return low == otherLow && high == otherHigh && port == otherPort;
        }
    }

    UdpSocket(IpLayer ip, UdpTable table, DropCounters drops) {
        this.ip = ip;
        this.table = table;
        this.drops = drops;
        groups = new UdpGroups(ip.links());
    }

    /** The groups that it is in. */
    public UdpGroups groups() {
        return groups;
    }

    public UdpOptions options() {
        return options;
    }

    public void setListener(UdpListener udpListener) {
        listener = udpListener;
    }

    public IpAddress localAddress() {
        return new IpAddress(localHigh, localLow);
    }

    /** 0 if it has none. */
    public int localPort() {
        return localPort;
    }

    /**
     * Gives the socket an address and a port. The unspecified address of IPv6 takes both IPs', that
     * of IPv4 only IPv4's.
     *
     * @param port 0 for any that is free
     */
    public BindResult bind(IpAddress address, int port) {
        long high = address.high();
        long low = address.low();
        if (!isAny(high, low) && !isManys(high, low) && !ip.links().isOurs(high, low)) {
            return BindResult.ADDRESS_NOT_OURS;
        }
        lock.lock();
        try {
            if (isClosed || localPort != 0) {
                return BindResult.BOUND_BEFORE;
            }
            return table.add(this, high, low, port) == 0
                    ? BindResult.ADDRESS_IN_USE
                    : BindResult.BOUND;
        } finally {
            lock.unlock();
        }
    }

    /** The table's, before anybody can find the socket there. */
    void setLocal(long high, long low, int port) {
        localHigh = high;
        localLow = low;
        localPort = port;
    }

    /** Whether this one is in the way of another that wants an address and a port. */
    boolean conflicts(UdpSocket other, long high, long low, int port) {
        if (localPort != port || options.reuseAddress() && other.options.reuseAddress()) {
            return false;
        }
        if (localLow == low && localHigh == high) {
            return true;
        }
        return isAny() && isFamily(high, low) || isAny(high, low) && (low == 0 || localIsIpv4());
    }

    private boolean isAny() {
        return isAny(localHigh, localLow);
    }

    private static boolean isAny(long high, long low) {
        return high == 0 && (low == 0 || low == Ipv6.MAPPED_LOW);
    }

    /** Whether an address is a group's or everybody's: one can receive at it, not send from it. */
    private static boolean isManys(long high, long low) {
        int ipv4 = (int) low;
        return Ipv6.isMapped(high, low)
                ? Ipv4.isMulticast(ipv4) || ipv4 == Ipv4.BROADCAST
                : Ipv6.isMulticast(high);
    }

    /** Whether what it sends may be from any address. */
    private boolean sendsFromAny() {
        return isAny() || isManys(localHigh, localLow);
    }

    private boolean localIsIpv4() {
        return Ipv6.isMapped(localHigh, localLow);
    }

    /** Whether an unspecified local address takes in the family of another one. */
    private boolean isFamily(long high, long low) {
        return localLow == 0 || Ipv6.isMapped(high, low);
    }

    /**
     * Takes datagrams of one peer only from now on, and sends to him.
     *
     * @return SENT, or why there is no way to him
     */
    public SendResult connect(IpAddress address, int port) {
        PacketInfo info = new PacketInfo();
        info.destinationHigh = address.high();
        info.destinationLow = address.low();
        SendResult result = ip.selectSource(info);
        if (result != SendResult.SENT) {
            return result;
        }
        if (localPort == 0
                && bind(new IpAddress(info.sourceHigh, info.sourceLow), 0) != BindResult.BOUND) {
            return SendResult.NO_SOURCE;
        }
        peer = new Peer(address.high(), address.low(), port);
        return SendResult.SENT;
    }

    public void disconnect() {
        peer = null;
    }

    /** Whom it is connected to, or null. */
    public IpAddress peerAddress() {
        Peer connected = peer;
        return connected == null ? null : new IpAddress(connected.high, connected.low);
    }

    /** 0 if it is not connected. */
    public int peerPort() {
        Peer connected = peer;
        return connected == null ? 0 : connected.port;
    }

    /** How well a datagram fits, -1 if it does not. */
    int score(PacketInfo info) {
        if (localPort != info.destinationPort) {
            return -1;
        }
        if (!groups.takes(info)) {
            return -1;
        }
        int score = 0;
        if (isAny()) {
            if (!isFamily(info.destinationHigh, info.destinationLow)) {
                return -1;
            }
        } else if (localLow == info.destinationLow && localHigh == info.destinationHigh) {
            score += 2;
        } else {
            return -1;
        }
        int bound = options.interfaceIndex();
        if (bound != 0) {
            if (bound != info.interfaceIndex) {
                return -1;
            }
            score += 1;
        }
        Peer connected = peer;
        if (connected != null) {
            if (!connected.is(info.sourceHigh, info.sourceLow, info.sourcePort)) {
                return -1;
            }
            score += 4;
        }
        return score;
    }

    /** Whether a quoted datagram is of this one, and to its peer. */
    boolean isConnected(PacketInfo quoted, int local, int remote) {
        Peer connected = peer;
        return localPort == local
                && connected != null
                && connected.is(quoted.destinationHigh, quoted.destinationLow, remote)
                && (sendsFromAny()
                        || localLow == quoted.sourceLow && localHigh == quoted.sourceHigh);
    }

    /** Whether a quoted packet may be ours: to the peer, or if there is none to anybody. */
    boolean maySendTo(PacketInfo quoted, int local, int remote) {
        return localPort == local
                && (peer == null || isConnected(quoted, local, remote))
                && (sendsFromAny()
                        || localLow == quoted.sourceLow && localHigh == quoted.sourceHigh);
    }

    void deliver(PacketBuffer packet, long now) {
        if (inbox.add(packet)) {
            listener.changed(this, now);
        } else {
            drops.drop(packet, DropReason.UDP_QUEUE_FULL);
        }
    }

    void fail(PacketError why, long now) {
        inbox.fail(why);
        listener.changed(this, now);
    }

    /** What has come and was not read. */
    public UdpInbox inbox() {
        return inbox;
    }

    /** See {@link UdpInbox#receive}. */
    public PacketBuffer receive() {
        return inbox.receive();
    }

    /** See {@link UdpInbox#takeError}. */
    public PacketError takeError() {
        return inbox.takeError();
    }

    /**
     * Sends a datagram.
     *
     * @param data from its position to its limit; its position moves to there
     * @param port of the receiver; of a connected socket it and the address may be null and 0
     */
    public SendResult send(ByteBuffer data, IpAddress address, int port, long now) {
        return send(data, address, port, 0, now);
    }

    /**
     * As the other one.
     *
     * @param interfaceIndex what to send by; 0 is what the options say
     */
    public SendResult send(
            ByteBuffer data, IpAddress address, int port, int interfaceIndex, long now) {
        Peer connected = peer;
        if (address == null && connected == null) {
            return SendResult.NO_ROUTE;
        }
        long high = address == null ? connected.high : address.high();
        long low = address == null ? connected.low : address.low();
        int to = address == null ? connected.port : port;
        if (data.remaining() > MAXIMUM_DATA_BYTES) {
            return SendResult.TOO_BIG;
        }
        PacketBuffer packet = UdpData.copy(ip, data);
        if (packet == null) {
            drops.count(DropReason.NO_BUFFER);
            return SendResult.FULL;
        }
        return send(packet, high, low, to, interfaceIndex, now);
    }

    /** Sends a packet whose contents are the data; it is no longer the caller's. */
    public SendResult send(PacketBuffer packet, long high, long low, int port, long now) {
        return send(packet, high, low, port, 0, now);
    }

    private SendResult send(
            PacketBuffer packet, long high, long low, int port, int interfaceIndex, long now) {
        if (localPort == 0 && bind(IpAddress.UNSPECIFIED, 0) == BindResult.ADDRESS_IN_USE) {
            drops.drop(packet, DropReason.IP_NO_SOURCE);
            return SendResult.NO_SOURCE;
        }
        PacketInfo info = packet.info();
        info.destinationHigh = high;
        info.destinationLow = low;
        info.sourcePort = localPort;
        info.destinationPort = port;
        info.protocol = IpProtocol.UDP;
        options.apply(info);
        if (interfaceIndex != 0) {
            info.interfaceIndex = interfaceIndex;
        }
        if (sendsFromAny() && !options.isUnnumbered()) {
            SendResult selected = ip.selectSource(info);
            if (selected != SendResult.SENT) {
                drops.drop(packet, DropReason.IP_NO_SOURCE);
                return selected;
            }
        } else {
            info.sourceHigh = localHigh;
            info.sourceLow = localLow;
        }
        int at = packet.push(UdpHeader.BYTES);
        UdpHeader.write(packet.bytes(), at, localPort, port, packet.totalLength());
        TransportChecksum.leave(packet, IpProtocol.UDP, UdpHeader.CHECKSUM);
        return ip.send(packet, now);
    }

    /** Gives back its port and all that waits. A second time does nothing. */
    public void close(long now) {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            if (localPort != 0) {
                table.remove(this, localPort);
            }
            inbox.close();
        } finally {
            lock.unlock();
        }
        groups.leaveAll(now);
        listener.changed(this, now);
    }
}
