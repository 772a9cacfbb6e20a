package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv4;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.SendResult;
import dev.cortado.runtime.net.link.Link;
import dev.cortado.runtime.net.udp.UdpSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A UDP socket, as its files share it. */
final class UdpEndpoint extends SocketCore {
    /** How long to wait for memory, of which nobody tells. */
    private static final long MEMORY_DELAY = TimeUnit.MILLISECONDS.toNanos(1);

    final UdpSocket socket;
    final UdpSocketOptions options;
    private volatile boolean inputShut;
    private volatile boolean outputShut;

    /** Of a connected socket that is bound to any address, the one that it sends from. */
    private volatile IpAddress connectedFrom;

    private volatile int remoteScope;

    UdpEndpoint(SocketHost host, boolean onlyIpv4) {
        super(host, onlyIpv4);
        socket = host.stack().udp().open();
        socket.groups().setOnlyOwn(true);
        options = new UdpSocketOptions(socket);
        socket.setListener((which, now) -> changed(true, true));
    }

    private IpLayer ip() {
        return host.stack().ip();
    }

    void bind(SocketEndpoint local) throws FileException {
        IpAddress address = SocketAddresses.local(local, onlyIpv4);
        SocketErrors.check(socket.bind(address, local.port()));
    }

    private void bindToAny() throws FileException {
        if (socket.localPort() == 0) {
            lock.lock();
            try {
                if (socket.localPort() == 0) {
                    SocketErrors.check(socket.bind(SocketAddresses.any(onlyIpv4), 0));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void connect(SocketEndpoint remote) throws FileException {
        IpAddress address = SocketAddresses.remote(remote, onlyIpv4);
        checkBroadcast(address);
        bindToAny();
        PacketInfo way = new PacketInfo();
        way.destinationHigh = address.high();
        way.destinationLow = address.low();
        way.interfaceIndex = remote.scope();
        SendResult result = ip().selectSource(way);
        if (result == SendResult.SENT) {
            result = socket.connect(address, remote.port());
        }
        if (result != SendResult.SENT) {
            throw SocketErrors.of(result);
        }
        connectedFrom = new IpAddress(way.sourceHigh, way.sourceLow);
        remoteScope = remote.scope();
        changed(true, true);
    }

    void disconnect() {
        socket.disconnect();
        socket.takeError();
        connectedFrom = null;
        remoteScope = 0;
        changed(true, true);
    }

    /** Linux wants SO_BROADCAST for what is everybody's (ip(7)). */
    private void checkBroadcast(IpAddress address) throws FileException {
        if (!address.isIpv4() || options.isOn(SocketOption.BROADCAST)) {
            return;
        }
        boolean isBroadcast = address.ipv4() == Ipv4.BROADCAST;
        for (Link link : ip().links().all()) {
            isBroadcast |= ip().links().isBroadcast(link, address.ipv4());
        }
        if (isBroadcast) {
            throw new FileException(Errno.EACCES);
        }
    }

    int receive(ByteBuffer to, DatagramSource source, SocketFile file) throws FileException {
        while (true) {
            throwPending();
            PacketBuffer packet = socket.receive();
            if (packet != null) {
                return take(packet, to, source);
            }
            if (inputShut) {
                return 0;
            }
            if (!blocking) {
                return OpenFile.UNAVAILABLE;
            }
            lock.lock();
            try {
                while (blocking
                        && !inputShut
                        && !socket.inbox().isReadable()
                        && pendingError() == null) {
                    await(input, file);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static int take(PacketBuffer packet, ByteBuffer to, DatagramSource source) {
        int count = packet.copyOut(0, to);
        if (source != null) {
            PacketInfo info = packet.info();
            source.set(
                    info.sourceHigh,
                    info.sourceLow,
                    info.sourcePort,
                    SocketAddresses.scope(info.sourceHigh, info.interfaceIndex));
        }
        packet.release();
        return count;
    }

    /** An error that Linux would tell; others are forgotten. */
    private Errno pendingError() {
        PacketError error = socket.inbox().error();
        return error == null ? null : SocketErrors.errno(error);
    }

    private void throwPending() throws FileException {
        if (socket.inbox().error() == null) {
            return;
        }
        PacketError error = socket.takeError();
        Errno errno = error == null ? null : SocketErrors.errno(error);
        if (errno != null) {
            throw new FileException(errno);
        }
    }

    int send(ByteBuffer from, SocketEndpoint remote, SocketFile file) throws FileException {
        if (outputShut) {
            throw new FileException(Errno.EPIPE);
        }
        throwPending();
        IpAddress address = null;
        if (remote != null) {
            if (remote.port() == 0) {
                throw new FileException(Errno.EINVAL);
            }
            address = SocketAddresses.remote(remote, onlyIpv4);
            checkBroadcast(address);
        } else if (socket.peerPort() == 0) {
            throw new FileException(Errno.EDESTADDRREQ);
        }
        bindToAny();
        int port = remote == null ? 0 : remote.port();
        int scope = remote == null ? remoteScope : remote.scope();
        int start = from.position();
        int total = from.remaining();
        while (true) {
            SendResult result = socket.send(from, address, port, scope, now());
            boolean isCopied = total == 0 || from.position() > start;
            if (result == SendResult.SENT || result == SendResult.FULL && isCopied) {
                // What found the device's queue full is lost, as on the wire.
                return total;
            }
            from.position(start);
            if (result != SendResult.FULL) {
                throw SocketErrors.of(result);
            }
            if (!blocking) {
                return OpenFile.UNAVAILABLE;
            }
            lock.lock();
            try {
                await(output, file, MEMORY_DELAY);
            } finally {
                lock.unlock();
            }
        }
    }

    void shutdown(boolean shutInput, boolean shutOutput) throws FileException {
        inputShut |= shutInput;
        outputShut |= shutOutput;
        changed(true, true);
        if (socket.peerPort() == 0) {
            throw new FileException(Errno.ENOTCONN);
        }
    }

    SocketEndpoint localEndpoint() {
        int port = socket.localPort();
        if (port == 0) {
            return SocketEndpoint.NONE;
        }
        IpAddress address = socket.localAddress();
        IpAddress from = connectedFrom;
        boolean isChosen = from != null && SocketAddresses.isAny(address);
        return new SocketEndpoint(isChosen ? from : address, port, 0);
    }

    SocketEndpoint remoteEndpoint() {
        IpAddress address = socket.peerAddress();
        return address == null ? null : new SocketEndpoint(address, socket.peerPort(), remoteScope);
    }

    int pollState() {
        int state = PollState.WRITABLE;
        if (socket.inbox().isReadable() || inputShut) {
            state |= PollState.READABLE;
        }
        if (inputShut && outputShut) {
            state |= PollState.HANG_UP;
        }
        // Reading tells the error.
        return pendingError() == null ? state : state | PollState.ERROR | PollState.READABLE;
    }

    @Override
    void close() {
        socket.close(now());
    }
}
