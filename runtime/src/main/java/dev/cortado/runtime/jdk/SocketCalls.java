package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.open.OpenFile;
import dev.cortado.runtime.file.open.PollState;
import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.network.GuestNetwork;
import dev.cortado.runtime.socket.SocketEndpoint;
import dev.cortado.runtime.socket.SocketFile;
import dev.cortado.runtime.socket.SocketOption;
import dev.cortado.runtime.socket.TcpSocketFile;
import dev.cortado.runtime.socket.UdpSocketFile;
import dev.cortado.runtime.socket.UnixSocketFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * What {@code sun.nio.ch.Net} does with sockets. Counts are those of {@link ChannelCalls}. Sockets
 * of names in the file system come here, too, where they are like others.
 */
final class SocketCalls {
    // How to shut down, as of sun.nio.ch.Net.
    private static final int SHUT_READ = 0;
    private static final int SHUT_WRITE = 1;

    private SocketCalls() {}

    /** A call of a socket of an Internet protocol. */
    @FunctionalInterface
    interface Call {
        long run(SocketFile socket) throws FileException;
    }

    /** Makes a socket and returns its number. */
    static int open(boolean onlyIpv4, boolean isStream, boolean reusesAddress) throws IOException {
        GuestNetwork network = GuestNetwork.get();
        SocketFile socket =
                isStream
                        ? new TcpSocketFile(network, onlyIpv4)
                        : new UdpSocketFile(network, onlyIpv4);
        try {
            if (reusesAddress) {
                socket.setOption(SocketOption.REUSE_ADDRESS, 1);
            }
            return GuestFiles.get().add(socket);
        } catch (FileException e) {
            socket.close();
            throw SocketErrors.of(e);
        }
    }

    static long run(FileDescriptor descriptor, Call call) throws IOException {
        return runOpen(descriptor, file -> call.run(socket(file)));
    }

    private static long runOpen(FileDescriptor descriptor, ChannelCalls.Transfer call)
            throws IOException {
        return ChannelCalls.transfer(OpenFiles.number(descriptor), call, SocketErrors::of);
    }

    static SocketFile socket(OpenFile file) throws FileException {
        if (file instanceof SocketFile socket) {
            return socket;
        }
        throw new FileException(Errno.ENOTSOCK);
    }

    private static TcpSocketFile stream(OpenFile file) throws FileException {
        if (socket(file) instanceof TcpSocketFile stream) {
            return stream;
        }
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** Who wants to reach others, or to be known under one address, needs an address. */
    static void awaitConfigured(IpAddress address) {
        if (!NetAddresses.isWildcard(address) && !NetAddresses.isLoopback(address)) {
            GuestNetwork.get().awaitConfigured();
        }
    }

    static void bind(FileDescriptor descriptor, InetAddress address, int port) throws IOException {
        SocketEndpoint local = NetAddresses.endpoint(address, port);
        awaitConfigured(local.address());
        run(
                descriptor,
                socket -> {
                    socket.bind(local);
                    return 0;
                });
    }

    static void listen(FileDescriptor descriptor, int backlog) throws IOException {
        runOpen(
                descriptor,
                file -> {
                    if (file instanceof UnixSocketFile unix) {
                        unix.listen(backlog);
                    } else {
                        stream(file).listen(backlog);
                    }
                    return 0;
                });
    }

    /** Returns 1, or {@link OpenFile#UNAVAILABLE} if it is under way. */
    static int connect(FileDescriptor descriptor, InetAddress address, int port)
            throws IOException {
        SocketEndpoint remote = NetAddresses.endpoint(address, port);
        awaitConfigured(remote.address());
        return (int)
                run(
                        descriptor,
                        socket -> {
                            if (socket instanceof UdpSocketFile datagrams) {
                                datagrams.connect(remote);
                                return 1;
                            }
                            return stream(socket).connect(remote) ? 1 : OpenFile.UNAVAILABLE;
                        });
    }

    /**
     * Returns 1 if it was given a connection.
     *
     * @param accepted is told the connection's number
     * @param remote its first element is told the other side
     */
    static int accept(
            FileDescriptor descriptor, FileDescriptor accepted, InetSocketAddress[] remote)
            throws IOException {
        return (int)
                runOpen(
                        descriptor,
                        file -> {
                            TcpSocketFile connection = acceptUnlessAborted(stream(file));
                            if (connection == null) {
                                return OpenFile.UNAVAILABLE;
                            }
                            remote[0] = NetAddresses.socketAddress(connection.remoteEndpoint());
                            OpenFiles.setNumber(accepted, GuestFiles.get().add(connection));
                            return 1;
                        });
    }

    /** The next one instead of those that have gone before they were accepted. */
    private static TcpSocketFile acceptUnlessAborted(TcpSocketFile listener) throws FileException {
        while (true) {
            try {
                TcpSocketFile connection = listener.accept();
                if (connection == null || connection.remoteEndpoint() != null) {
                    return connection;
                }
                connection.close();
            } catch (FileException e) {
                if (e.errno() != Errno.ECONNABORTED) {
                    throw e;
                }
            }
        }
    }

    /**
     * @param how 0 the input, 1 the output, 2 both
     */
    static void shutdown(FileDescriptor descriptor, int how) throws IOException {
        boolean input = how != SHUT_WRITE;
        boolean output = how != SHUT_READ;
        runOpen(
                descriptor,
                file -> {
                    try {
                        if (file instanceof UnixSocketFile unix) {
                            unix.shutdown(input, output);
                        } else {
                            socket(file).shutdown(input, output);
                        }
                    } catch (FileException e) {
                        if (e.errno() != Errno.ENOTCONN) {
                            throw e;
                        }
                    }
                    return 0;
                });
    }

    static SocketEndpoint local(FileDescriptor descriptor) throws IOException {
        try {
            return socket(OpenFiles.file(OpenFiles.number(descriptor))).localEndpoint();
        } catch (FileException e) {
            throw SocketErrors.of(e);
        }
    }

    static SocketEndpoint remote(FileDescriptor descriptor) throws IOException {
        SocketEndpoint remote;
        try {
            remote = socket(OpenFiles.file(OpenFiles.number(descriptor))).remoteEndpoint();
        } catch (FileException e) {
            throw SocketErrors.of(e);
        }
        if (remote == null) {
            throw SocketErrors.of(Errno.ENOTCONN);
        }
        return remote;
    }

    /**
     * @param millis how long at most; for ever if it is negative
     */
    static int poll(FileDescriptor descriptor, int events, long millis) throws IOException {
        long nanos = millis < 0 ? ChannelWait.FOR_EVER : TimeUnit.MILLISECONDS.toNanos(millis);
        return ChannelWait.await(OpenFiles.number(descriptor), events, nanos);
    }

    /** Whether it is connected; if not, or not yet, its owner asks again or sees that it closed. */
    static boolean pollConnect(FileDescriptor descriptor, long millis) throws IOException {
        int ready = poll(descriptor, PollState.WRITABLE, millis);
        return ready != 0
                && (ready & PollState.INVALID) == 0
                && runOpen(descriptor, file -> isConnected(file) ? 1 : 0) == 1;
    }

    private static boolean isConnected(OpenFile file) throws FileException {
        return file instanceof UnixSocketFile unix
                ? unix.isConnectComplete()
                : stream(file).isConnectComplete();
    }

    /** Fails as connecting has failed, if it has. */
    static void checkConnect(int number) throws IOException {
        ChannelCalls.transfer(
                number, file -> stream(file).isConnectComplete() ? 1 : 0, SocketErrors::of);
    }

    static int available(FileDescriptor descriptor) throws IOException {
        return (int) runOpen(descriptor, file -> Math.min(file.available(), Integer.MAX_VALUE));
    }

    static int sendUrgent(FileDescriptor descriptor, byte value) throws IOException {
        return (int)
                ChannelCalls.transfer(
                        descriptor,
                        file -> stream(file).sendUrgent(value) ? 1 : OpenFile.UNAVAILABLE);
    }
}
