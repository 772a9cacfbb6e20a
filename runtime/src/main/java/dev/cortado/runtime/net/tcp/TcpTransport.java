package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.ip.Transport;
import dev.cortado.runtime.net.tcp.sequence.DoubleHashPorts;
import dev.cortado.runtime.net.time.TimerQueue;
import dev.cortado.runtime.net.wire.TcpSegment;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** TCP: takes what IP gets for it, and makes connections. */
public final class TcpTransport implements Transport {
    private final TcpCommons commons;
    private final DoubleHashPorts ports;
    private final SynCookies cookies;
    private final ListenerTable listeners = new ListenerTable();
    private final PortClaims claims = new PortClaims();

    /**
     * @param random a good one: what it gives keeps sequence numbers and ports from being guessed
     */
    public TcpTransport(
            TcpSettings settings,
            IpOutput output,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random) {
        commons = new TcpCommons(settings, output, timers, drops, random);
        ports = new DoubleHashPorts(TcpCommons.key(random), TcpCommons.key(random));
        cookies = new SynCookies(TcpCommons.key(random));
    }

    @Override
    public void receive(PacketBuffer packet, long now) {
        int at = packet.start();
        if (!TcpSegment.check(packet.bytes(), at, packet.length())) {
            commons.drops.drop(packet, DropReason.TCP_MALFORMED);
            return;
        }
        PacketInfo info = packet.info();
        info.sourcePort = TcpSegment.sourcePort(packet.bytes(), at);
        info.destinationPort = TcpSegment.destinationPort(packet.bytes(), at);
        if (info.linkBroadcast
                || !isHost(info.sourceHigh, info.sourceLow)
                || !isHost(info.destinationHigh, info.destinationLow)) {
            // RFC 9293, 3.9.2.3: what does not come from, or go to, one host.
            commons.drops.drop(packet, DropReason.TCP_MALFORMED);
            return;
        }
        if (!Checksums.isRight(packet)) {
            commons.drops.drop(packet, DropReason.TCP_CHECKSUM);
            return;
        }
        // An entry that is just going says so; what is found then is another one, or nothing.
        for (int tries = 0; tries < 3; tries++) {
            TableEntry entry = commons.table.find(info);
            if (entry == null) {
                break;
            }
            if (entry.arrived(packet, now)) {
                return;
            }
        }
        TcpListener listener = listeners.find(info);
        if (listener != null) {
            receiveForListener(listener, packet, now);
        } else {
            commons.drops.count(DropReason.TCP_NO_CONNECTION);
            commons.resets.answer(packet, now);
            packet.release();
        }
    }

    private static void receiveForListener(TcpListener listener, PacketBuffer packet, long now) {
        if (!listener.arrived(packet, now)) {
            packet.release();
        }
    }

    private static boolean isHost(long high, long low) {
        if (Ipv6.isMapped(high, low)) {
            int address = (int) low;
            return !Ipv4.isMulticast(address)
                    && address != Ipv4.BROADCAST
                    && address != Ipv4.UNSPECIFIED;
        }
        return !Ipv6.isMulticast(high) && !Ipv6.isUnspecified(high, low);
    }

    @Override
    public boolean hasSent(PacketBuffer quoted) {
        return find(quoted) instanceof TcpConnection connection
                && connection.isUnderWay(sequence(quoted));
    }

    @Override
    public void error(PacketError error, PacketBuffer quoted, int mtu, long now) {
        if (find(quoted) instanceof TcpConnection connection) {
            connection.pathError(error, sequence(quoted), mtu, now);
        }
    }

    private TableEntry find(PacketBuffer quoted) {
        if (quoted.length() < 8) {
            return null;
        }
        return find(
                quoted.info(),
                TcpSegment.sourcePort(quoted.bytes(), quoted.start()),
                TcpSegment.destinationPort(quoted.bytes(), quoted.start()));
    }

    private static int sequence(PacketBuffer quoted) {
        return TcpSegment.sequence(quoted.bytes(), quoted.start());
    }

    /**
     * Takes a port, to listen on or to connect from; {@link #release} gives it back.
     *
     * @param address one of ours, {@link IpAddress#UNSPECIFIED} for any, 0.0.0.0 for any of IPv4
     * @param port 0 takes a free one
     * @param shared whether others that say so too may take it, as long as nobody listens
     */
    public TcpBinding bind(IpAddress address, int port, boolean shared) throws TcpException {
        return bind(address, port, shared, false);
    }

    /**
     * As above.
     *
     * @param listensTogether whether others that say so too may listen on it as well, each getting
     *     a part of the connections
     */
    public TcpBinding bind(IpAddress address, int port, boolean shared, boolean listensTogether)
            throws TcpException {
        int chosen = port != 0 ? port : freePort(address);
        TcpBinding binding =
                chosen == DoubleHashPorts.NONE
                        ? null
                        : claims.claim(address, chosen, shared, listensTogether);
        if (binding == null) {
            throw new TcpException(TcpError.ADDRESS_IN_USE);
        }
        return binding;
    }

    private int freePort(IpAddress address) {
        return ports.next(
                address.high(),
                address.low(),
                0,
                0,
                0,
                candidate -> claims.isFree(address, candidate));
    }

    /** The socket is closed: others may have its port. Connections and listeners stay. */
    public void release(TcpBinding binding) {
        claims.release(binding);
    }

    /**
     * Takes connections on a port that was bound.
     *
     * @param backlog how many may wait to be accepted
     */
    public TcpListener listen(TcpBinding binding, int backlog) throws TcpException {
        if (!claims.listen(binding)) {
            throw new TcpException(TcpError.ADDRESS_IN_USE);
        }
        TcpListener listener = new TcpListener(commons, this, cookies, binding, backlog);
        listeners.add(listener);
        return listener;
    }

    /** Takes connections on a port; parameters as {@link #bind}'s and the other one's. */
    public TcpListener listen(IpAddress address, int port, int backlog) throws TcpException {
        return listen(bind(address, port, false), backlog);
    }

    void remove(TcpListener listener) {
        listeners.remove(listener);
        claims.release(listener.binding());
    }

    /**
     * Begins a connection. It tells its listener when it is made, or has failed.
     *
     * @param local one of ours, or {@link IpAddress#UNSPECIFIED}
     * @param localPort 0 takes a free one
     */
    public TcpConnection connect(
            IpAddress local,
            int localPort,
            IpAddress remote,
            int remotePort,
            ConnectionListener listener,
            long now)
            throws TcpException {
        return connect(local, localPort, remote, remotePort, listener, connection -> {}, now);
    }

    /**
     * As the other one.
     *
     * @param preparation sets options before the first segment goes out
     */
    public TcpConnection connect(
            IpAddress local,
            int localPort,
            IpAddress remote,
            int remotePort,
            ConnectionListener listener,
            Consumer<TcpConnection> preparation,
            long now)
            throws TcpException {
        PacketInfo info = new PacketInfo();
        info.sourceHigh = local.high();
        info.sourceLow = local.low();
        info.destinationHigh = remote.high();
        info.destinationLow = remote.low();
        boolean isAny =
                local.equals(IpAddress.UNSPECIFIED)
                        || local.isIpv4() && local.ipv4() == Ipv4.UNSPECIFIED;
        if (isAny) {
            info.sourceHigh = 0;
            info.sourceLow = 0;
            SendResult selected = commons.output.selectSource(info);
            if (selected != SendResult.SENT) {
                throw new TcpException(
                        selected == SendResult.NO_ROUTE
                                ? TcpError.NETWORK_UNREACHABLE
                                : TcpError.ADDRESS_NOT_AVAILABLE);
            }
        }
        if (!isHost(remote.high(), remote.low()) || remotePort == 0) {
            throw new TcpException(TcpError.ADDRESS_NOT_AVAILABLE);
        }
        TcpConnection connection = make(info, localPort, remotePort, now);
        connection.setListener(listener);
        preparation.accept(connection);
        connection.open(now);
        return connection;
    }

    private TcpConnection make(PacketInfo info, int localPort, int remotePort, long now)
            throws TcpException {
        // Somebody else may take the same port between the question and the answer.
        for (int tries = 0; tries < 100; tries++) {
            int port = localPort != 0 ? localPort : freePort(info, remotePort, now);
            TableEntry old = find(info, port, remotePort);
            TableEntry addresses =
                    new Addresses(
                            info.sourceHigh,
                            info.sourceLow,
                            port,
                            info.destinationHigh,
                            info.destinationLow,
                            remotePort);
            TcpConnection made =
                    new TcpConnection(addresses, commons, initialSend(addresses, old, now), now);
            boolean added =
                    old instanceof TimeWait timeWait && timeWait.isReusable(now)
                            ? commons.timeWaits.replace(timeWait, made)
                            : old == null && commons.table.add(made);
            if (added) {
                return made;
            }
            if (localPort != 0) {
                throw new TcpException(old == null ? TcpError.TOO_MANY : TcpError.ADDRESS_IN_USE);
            }
            if (commons.table.count() >= commons.settings.maximumConnections) {
                throw new TcpException(TcpError.TOO_MANY);
            }
        }
        throw new TcpException(TcpError.ADDRESS_NOT_AVAILABLE);
    }

    /** RFC 1122, 4.2.2.13: behind all that the connection before it has sent. */
    private int initialSend(TableEntry addresses, TableEntry old, long now) {
        int usual = commons.initialSequence(addresses, now);
        return old instanceof TimeWait timeWait ? timeWait.initialSendAfter(usual) : usual;
    }

    private int freePort(PacketInfo info, int remotePort, long now) throws TcpException {
        IpAddress local = new IpAddress(info.sourceHigh, info.sourceLow);
        int port =
                ports.next(
                        info.sourceHigh,
                        info.sourceLow,
                        info.destinationHigh,
                        info.destinationLow,
                        remotePort,
                        candidate -> {
                            TableEntry there = find(info, candidate, remotePort);
                            boolean free =
                                    there == null
                                            || there instanceof TimeWait timeWait
                                                    && timeWait.isReusable(now);
                            return free && claims.isFree(local, candidate);
                        });
        if (port == DoubleHashPorts.NONE) {
            throw new TcpException(TcpError.ADDRESS_NOT_AVAILABLE);
        }
        return port;
    }

    private TableEntry find(PacketInfo info, int localPort, int remotePort) {
        return commons.table.find(
                info.sourceHigh,
                info.sourceLow,
                localPort,
                info.destinationHigh,
                info.destinationLow,
                remotePort);
    }

    /** The program has ended: what it has written still goes out, and a FIN behind it. */
    public void closeAll(long now) {
        for (TcpConnection connection : commons.table.connections()) {
            connection.shutdownOutput(now);
        }
    }

    /** Whether the other side of a connection has not acknowledged all that was written. */
    public boolean hasUnacknowledged() {
        for (TcpConnection connection : commons.table.connections()) {
            if (connection.unacknowledged() > 0) {
                return true;
            }
        }
        return false;
    }

    /** The ports that take connections; not to be changed. */
    TcpListener[] listeners() {
        return listeners.all();
    }

    ConnectionTable table() {
        return commons.table;
    }

    /** Connections, half-open ones and those in TIME-WAIT. */
    public int connections() {
        return commons.table.count();
    }

    public int timeWaits() {
        return commons.timeWaits.count();
    }

    /** Chunks of 4 KiB that all buffers together hold. */
    public int chunksInUse() {
        return commons.chunks.inUse();
    }
}
