package dev.cortado.runtime.socket;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import java.nio.ByteBuffer;

/**
 * A TCP socket (POSIX, socket and what it refers to; tcp(7)). One that is not only IPv4's takes
 * both: an IPv4 address is an IPv4-mapped one.
 */
public final class TcpSocketFile extends SocketFile {
    private final TcpSocket socket;

    public TcpSocketFile(SocketHost host, boolean onlyIpv4) {
        this(new TcpSocket(host, onlyIpv4));
    }

    private TcpSocketFile(TcpSocket socket) {
        super(socket);
        this.socket = socket;
    }

    @Override
    public OpenFile duplicate() throws FileException {
        enter();
        try {
            return new TcpSocketFile(socket);
        } finally {
            leave();
        }
    }

    @Override
    public void bind(SocketEndpoint local) throws FileException {
        enter();
        try {
            socket.bind(local);
        } finally {
            leave();
        }
    }

    /**
     * Takes connections from now on; of any port if it is not bound. Called again, it sets the
     * backlog.
     *
     * @param backlog how many may wait to be accepted
     * @throws FileException EADDRINUSE; EINVAL if it is connected
     */
    public void listen(int backlog) throws FileException {
        enter();
        try {
            socket.listen(backlog);
        } finally {
            leave();
        }
    }

    /**
     * Takes a connection, waiting for it if need be and allowed.
     *
     * @return null if it would have to wait and is set not to
     * @throws FileException EINVAL if it does not listen
     */
    public TcpSocketFile accept() throws FileException {
        enter();
        try {
            TcpSocket accepted = socket.accept(this);
            return accepted == null ? null : new TcpSocketFile(accepted);
        } finally {
            leave();
        }
    }

    /**
     * Connects, waiting if allowed.
     *
     * @return whether it is connected; false if that is under way
     * @throws FileException ECONNREFUSED, ETIMEDOUT, ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL;
     *     EISCONN, EALREADY if another call has done it
     */
    public boolean connect(SocketEndpoint remote) throws FileException {
        enter();
        try {
            return socket.connect(remote, this);
        } finally {
            leave();
        }
    }

    /**
     * Whether connecting has ended.
     *
     * @return false if it is under way
     * @throws FileException why it has failed; ENOTCONN if nobody has begun
     */
    public boolean isConnectComplete() throws FileException {
        enter();
        try {
            return socket.isConnectComplete();
        } finally {
            leave();
        }
    }

    /**
     * Sends a byte as urgent data (MSG_OOB), waiting for room if need be and allowed.
     *
     * @return whether there was room for it
     */
    public boolean sendUrgent(byte value) throws FileException {
        enter();
        try {
            return writable().sendUrgent(value, this);
        } finally {
            leave();
        }
    }

    @Override
    public int read(ByteBuffer to) throws FileException {
        enter();
        try {
            TcpStream stream = socket.connected();
            if (stream == null) {
                if (socket.state() == TcpSocketState.CONNECTING) {
                    return OpenFile.UNAVAILABLE;
                }
                throw new FileException(Errno.ENOTCONN);
            }
            return stream.read(to, this);
        } finally {
            leave();
        }
    }

    @Override
    public int write(ByteBuffer from) throws FileException {
        enter();
        try {
            TcpStream stream = socket.connected();
            if (stream == null && socket.state() == TcpSocketState.CONNECTING) {
                return OpenFile.UNAVAILABLE;
            }
            return writable().write(from, this);
        } finally {
            leave();
        }
    }

    private TcpStream writable() throws FileException {
        TcpStream stream = socket.connected();
        if (stream == null) {
            throw new FileException(Errno.EPIPE);
        }
        return stream;
    }

    @Override
    public long available() throws FileException {
        enter();
        try {
            if (socket.state() == TcpSocketState.LISTENING) {
                throw new FileException(Errno.EINVAL);
            }
            TcpStream stream = socket.connected();
            return stream == null ? 0 : stream.connection.available();
        } finally {
            leave();
        }
    }

    @Override
    public void shutdown(boolean input, boolean output) throws FileException {
        enter();
        try {
            socket.shutdown(input, output);
        } finally {
            leave();
        }
    }

    @Override
    public void setOption(SocketOption option, int value) throws FileException {
        enter();
        try {
            socket.setOption(option, value);
        } finally {
            leave();
        }
    }

    @Override
    public int option(SocketOption option) throws FileException {
        enter();
        try {
            return socket.option(option);
        } finally {
            leave();
        }
    }

    @Override
    public SocketEndpoint localEndpoint() {
        return socket.localEndpoint();
    }

    @Override
    public SocketEndpoint remoteEndpoint() {
        return socket.remoteEndpoint();
    }

    @Override
    public int pollState() {
        return isClosed() ? PollState.INVALID : socket.pollState();
    }
}
