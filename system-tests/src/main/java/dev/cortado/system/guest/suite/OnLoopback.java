package dev.cortado.system.guest.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** Tests with sockets on the loopback interface, which are closed when a test ends. */
abstract class OnLoopback {
    private final ConcurrentLinkedDeque<AutoCloseable> opened = new ConcurrentLinkedDeque<>();

    static Stream<ThreadKind> kinds() {
        return Stream.of(ThreadKind.values());
    }

    static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** Any free port. */
    static InetSocketAddress anyPort() {
        return new InetSocketAddress(loopback(), 0);
    }

    /** A port that nobody listens at: that of a socket which is closed again. */
    static InetSocketAddress deadPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, loopback())) {
            return (InetSocketAddress) closed.getLocalSocketAddress();
        }
    }

    /** Closes it when the test has ended; what was opened last goes first. */
    final <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    @AfterEach
    final void closeAll() throws Exception {
        for (AutoCloseable each = opened.poll(); each != null; each = opened.poll()) {
            each.close();
        }
    }

    final ServerSocket server() throws IOException {
        return closing(new ServerSocket(0, 50, loopback()));
    }

    final ServerSocketChannel serverChannel() throws IOException {
        return closing(ServerSocketChannel.open()).bind(anyPort());
    }

    /** Two ends of a connection. */
    record Sockets(Socket client, Socket server) {}

    final Sockets sockets() throws IOException {
        ServerSocket server = server();
        Socket client = closing(new Socket(loopback(), server.getLocalPort()));
        return new Sockets(client, closing(server.accept()));
    }

    /** Two ends of a connection. */
    record ChannelPair(SocketChannel client, SocketChannel server) {}

    final ChannelPair channels() throws IOException {
        ServerSocketChannel server = serverChannel();
        SocketChannel client = closing(SocketChannel.open(server.getLocalAddress()));
        return new ChannelPair(client, closing(server.accept()));
    }
}
