package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.tcp.ConnectionEvents;
import dev.cortado.runtime.net.tcp.TcpBinding;
import dev.cortado.runtime.net.tcp.TcpConnection;
import dev.cortado.runtime.net.tcp.TcpException;
import dev.cortado.runtime.net.tcp.TcpListener;

/** A TCP socket: what it is bound to, and whether it listens, connects or is connected. */
final class TcpSocket extends SocketCore {
    /** As Linux's net.core.somaxconn. */
    private static final int LARGEST_BACKLOG = 4096;

    private static final int INPUT =
            ConnectionEvents.READABLE | ConnectionEvents.END_OF_STREAM | ConnectionEvents.CLOSED;
    private static final int OUTPUT =
            ConnectionEvents.WRITABLE | ConnectionEvents.CONNECTED | ConnectionEvents.CLOSED;

    final TcpSocketOptions options = new TcpSocketOptions();
    private TcpSocketState state = TcpSocketState.UNCONNECTED;
    private TcpBinding binding;
    private volatile TcpListener listener;
    private volatile TcpStream stream;

    TcpSocket(SocketHost host, boolean onlyIpv4) {
        super(host, onlyIpv4);
    }

    /** Of a connection that was accepted. */
    private TcpSocket(TcpSocket acceptor, TcpConnection connection) {
        this(acceptor.host, acceptor.onlyIpv4);
        options.copy(acceptor.options);
        stream = new TcpStream(this, connection);
        state = TcpSocketState.CONNECTED;
        connection.setListener(this::connectionChanged);
        options.applyAll(connection, now());
    }

    private void connectionChanged(TcpConnection connection, int events) {
        changed((events & INPUT) != 0, (events & OUTPUT) != 0);
    }

    /** That of the connection; null if there is none, or it is under way. */
    TcpStream connected() throws FileException {
        lock.lock();
        try {
            return state == TcpSocketState.CONNECTING && !finishConnecting()
                    ? null
                    : state == TcpSocketState.CONNECTED ? stream : null;
        } finally {
            lock.unlock();
        }
    }

    TcpSocketState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    void bind(SocketEndpoint local) throws FileException {
        IpAddress address = SocketAddresses.local(local, onlyIpv4);
        boolean isOurs =
                SocketAddresses.isAny(address)
                        || host.stack().ip().links().isOurs(address.high(), address.low());
        lock.lock();
        try {
            if (binding != null || state != TcpSocketState.UNCONNECTED) {
                throw new FileException(Errno.EINVAL);
            }
            if (!isOurs) {
                throw new FileException(Errno.EADDRNOTAVAIL);
            }
            claim(address, local.port());
        } finally {
            lock.unlock();
        }
    }

    private void claim(IpAddress address, int port) throws FileException {
        try {
            binding =
                    host.tcp()
                            .bind(
                                    address,
                                    port,
                                    options.isOn(SocketOption.REUSE_ADDRESS),
                                    options.isOn(SocketOption.REUSE_PORT));
        } catch (TcpException e) {
            throw SocketErrors.of(e.error());
        }
    }

    void listen(int wanted) throws FileException {
        // One more than was asked for, as Linux's queue has.
        int backlog = Math.clamp(wanted, 0, LARGEST_BACKLOG - 1) + 1;
        lock.lock();
        try {
            if (state == TcpSocketState.LISTENING) {
                listener.setBacklog(backlog);
                return;
            }
            if (state != TcpSocketState.UNCONNECTED) {
                throw new FileException(Errno.EINVAL);
            }
            if (binding == null) {
                claim(SocketAddresses.any(onlyIpv4), 0);
            }
            // It tells only who has taken a connection from the wire, and that is not us.
            TcpListener made = host.tcp().listen(binding, backlog);
            listener = made;
            state = TcpSocketState.LISTENING;
            made.setListener(() -> changed(true, false));
        } catch (TcpException e) {
            throw SocketErrors.of(e.error());
        } finally {
            lock.unlock();
        }
        changed(true, false);
    }

    /** Null if it would have to wait and is set not to. */
    TcpSocket accept(SocketFile file) throws FileException {
        while (true) {
            TcpConnection taken;
            lock.lock();
            try {
                checkListening();
                while (blocking && listener.waiting() == 0) {
                    await(input, file);
                    checkListening();
                }
                taken = listener.accept();
                if (taken == null && !blocking) {
                    return null;
                }
            } finally {
                lock.unlock();
            }
            if (taken != null) {
                return new TcpSocket(this, taken);
            }
        }
    }

    private void checkListening() throws FileException {
        if (state != TcpSocketState.LISTENING) {
            throw new FileException(Errno.EINVAL);
        }
    }

    boolean connect(SocketEndpoint to, SocketFile file) throws FileException {
        IpAddress remote = SocketAddresses.remote(to, onlyIpv4);
        if (SocketAddresses.isMulticast(remote)) {
            throw new FileException(Errno.ENETUNREACH);
        }
        TcpBinding from;
        lock.lock();
        try {
            switch (state) {
                case CONNECTED, LISTENING -> throw new FileException(Errno.EISCONN);
                case CONNECTING -> {
                    if (finishConnecting()) {
                        return true;
                    }
                    if (!blocking) {
                        throw new FileException(Errno.EALREADY);
                    }
                    return awaitConnected(file);
                }
                case UNCONNECTED -> {
                    state = TcpSocketState.CONNECTING;
                    from = binding;
                }
                default -> throw new IllegalStateException();
            }
        } finally {
            lock.unlock();
        }
        begin(from, remote, to.port());
        lock.lock();
        try {
            return finishConnecting() || blocking && awaitConnected(file);
        } finally {
            lock.unlock();
        }
    }

    private void begin(TcpBinding from, IpAddress remote, int port) throws FileException {
        TcpStream begun = null;
        try {
            if (port == 0) {
                // Nobody listens there.
                throw new FileException(Errno.ECONNREFUSED);
            }
            TcpConnection connection =
                    host.tcp()
                            .connect(
                                    from == null ? IpAddress.UNSPECIFIED : from.address(),
                                    from == null ? 0 : from.port(),
                                    remote,
                                    port,
                                    this::connectionChanged,
                                    made -> options.applyAll(made, now()),
                                    now());
            begun = new TcpStream(this, connection);
        } catch (TcpException e) {
            throw SocketErrors.of(e.error());
        } finally {
            lock.lock();
            try {
                stream = begun;
                state = begun == null ? TcpSocketState.UNCONNECTED : TcpSocketState.CONNECTING;
            } finally {
                lock.unlock();
            }
            // What has happened before was told while it could not be seen.
            changed(true, true);
        }
    }

    /**
     * Sees what has become of connecting; with the lock held.
     *
     * @return whether it is connected; false if it is under way
     * @throws FileException why there is no connection; after that it may be tried again
     */
    private boolean finishConnecting() throws FileException {
        TcpStream begun = stream;
        if (state != TcpSocketState.CONNECTING || begun == null) {
            return state == TcpSocketState.CONNECTED;
        }
        int ready = begun.connection.readiness();
        if ((ready & ConnectionEvents.CONNECTED) != 0) {
            state = TcpSocketState.CONNECTED;
            return true;
        }
        if ((ready & ConnectionEvents.CLOSED) == 0) {
            return false;
        }
        if (begun.connection.error() == null) {
            // It was made, and is over.
            state = TcpSocketState.CONNECTED;
            return true;
        }
        state = TcpSocketState.UNCONNECTED;
        stream = null;
        throw SocketErrors.of(begun.connection.error());
    }

    private boolean awaitConnected(SocketFile file) throws FileException {
        while (!finishConnecting()) {
            if (state == TcpSocketState.UNCONNECTED) {
                throw new FileException(Errno.ECONNABORTED);
            }
            if (!blocking) {
                return false;
            }
            await(output, file);
        }
        return true;
    }

    boolean isConnectComplete() throws FileException {
        lock.lock();
        try {
            if (state == TcpSocketState.UNCONNECTED || state == TcpSocketState.LISTENING) {
                throw new FileException(Errno.ENOTCONN);
            }
            return finishConnecting();
        } finally {
            lock.unlock();
        }
    }

    void shutdown(boolean shutInput, boolean shutOutput) throws FileException {
        TcpStream toShut;
        TcpStream toAbort = null;
        TcpListener toClose = null;
        lock.lock();
        try {
            toShut = stream;
            switch (state) {
                case UNCONNECTED -> throw new FileException(Errno.ENOTCONN);
                case LISTENING -> {
                    if (shutInput) {
                        toClose = listener;
                        listener = null;
                        binding = null;
                        state = TcpSocketState.UNCONNECTED;
                    }
                }
                case CONNECTING -> {
                    toAbort = stream;
                    stream = null;
                    state = TcpSocketState.UNCONNECTED;
                }
                case CONNECTED -> {
                    if (toShut.isOver()) {
                        throw new FileException(Errno.ENOTCONN);
                    }
                }
                default -> throw new IllegalStateException();
            }
        } finally {
            lock.unlock();
        }
        if (toClose != null) {
            toClose.close(now());
        } else if (toAbort != null) {
            toAbort.connection.abort(now());
        } else if (toShut != null) {
            toShut.shutdown(shutInput, shutOutput);
        }
        changed(true, true);
    }

    void setOption(SocketOption option, int value) throws FileException {
        options.set(option, value);
        TcpStream of = stream;
        if (of != null) {
            options.apply(option, of.connection, now());
        }
    }

    int option(SocketOption option) throws FileException {
        TcpStream of = stream;
        if (of != null && option == SocketOption.SEND_BUFFER) {
            return of.connection.options().sendBuffer();
        }
        if (of != null && option == SocketOption.RECEIVE_BUFFER) {
            return of.connection.options().receiveBuffer();
        }
        return options.get(option);
    }

    SocketEndpoint localEndpoint() {
        lock.lock();
        try {
            if (stream != null) {
                return stream.localEndpoint();
            }
            return binding == null
                    ? SocketEndpoint.NONE
                    : new SocketEndpoint(binding.address(), binding.port(), 0);
        } finally {
            lock.unlock();
        }
    }

    SocketEndpoint remoteEndpoint() {
        lock.lock();
        try {
            return state == TcpSocketState.CONNECTED ? stream.remoteEndpoint() : null;
        } finally {
            lock.unlock();
        }
    }

    int pollState() {
        lock.lock();
        try {
            return switch (state) {
                case UNCONNECTED -> PollState.WRITABLE | PollState.HANG_UP;
                case LISTENING -> listener.waiting() > 0 ? PollState.READABLE : 0;
                case CONNECTING, CONNECTED -> stream == null ? 0 : stream.pollState();
            };
        } finally {
            lock.unlock();
        }
    }

    @Override
    void close() {
        TcpListener toClose = listener;
        TcpStream toEnd = stream;
        TcpBinding toRelease = binding;
        if (toClose != null) {
            toClose.close(now());
        }
        if (toEnd != null) {
            toEnd.close(options.linger());
        }
        if (toRelease != null) {
            host.tcp().release(toRelease);
        }
    }
}
