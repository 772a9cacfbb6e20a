package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link ServerSocketChannel}: binding and accepting. */
final class ServerSocketChannelTest extends OnLoopback {
    @Test
    void nobodyIsThereYet() throws IOException {
        ServerSocketChannel server = serverChannel();
        server.configureBlocking(false);
        assertEquals(null, server.accept());
        SocketChannel client = closing(SocketChannel.open(server.getLocalAddress()));
        AtomicReference<SocketChannel> accepted = new AtomicReference<>();
        Deadline.until(
                "accepted",
                () -> {
                    accepted.set(accept(server));
                    return accepted.get() != null;
                });
        closing(accepted.get());
        assertEquals(client.getLocalAddress(), accepted.get().getRemoteAddress());
        // The mode of the server is not that of who was accepted.
        assertTrue(accepted.get().isBlocking());
        assertEquals(null, server.accept());
    }

    private static SocketChannel accept(ServerSocketChannel server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoAcceptsWaits(ThreadKind kind) throws Exception {
        ServerSocketChannel server = serverChannel();
        TestThread acceptor =
                kind.start(() -> {
                    try (SocketChannel accepted = server.accept()) {
                        accepted.write(ByteBuffer.wrap(new byte[] {4}));
                    }
                });
        kind.waits(acceptor);
        SocketChannel client = closing(SocketChannel.open(server.getLocalAddress()));
        ByteBuffer buffer = ByteBuffer.allocate(2);
        assertEquals(1, client.read(buffer));
        assertEquals(-1, client.read(buffer));
        assertEquals(4, buffer.get(0));
        acceptor.finish();
    }

    @Test
    void whereItIsBound() throws IOException {
        ServerSocketChannel server = closing(ServerSocketChannel.open());
        assertEquals(null, server.getLocalAddress());
        assertThrows(NotYetBoundException.class, server::accept);
        assertThrows(
                UnresolvedAddressException.class,
                () -> server.bind(InetSocketAddress.createUnresolved("nowhere.invalid", 0)));
        server.bind(anyPort(), 5);
        InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
        assertEquals(loopback(), address.getAddress());
        assertTrue(address.getPort() > 0);
        assertThrows(AlreadyBoundException.class, () -> server.bind(anyPort()));
        ServerSocketChannel other = closing(ServerSocketChannel.open());
        BindException error = assertThrows(BindException.class, () -> other.bind(address));
        assertEquals("Address already in use", error.getMessage());
        other.bind(null);
        assertTrue(((InetSocketAddress) other.getLocalAddress()).getPort() > 0);
    }

    @Test
    void closed() throws IOException {
        ServerSocketChannel server = serverChannel();
        server.close();
        assertFalse(server.isOpen());
        assertThrows(ClosedChannelException.class, server::accept);
        assertThrows(ClosedChannelException.class, server::getLocalAddress);
        assertThrows(ClosedChannelException.class, () -> server.bind(anyPort()));
        assertTrue(server.socket().isClosed());
    }

    /** Whoever had connected and was not accepted is sent away. */
    @Test
    void closedWithOneThatWaits() throws IOException {
        ServerSocketChannel server = serverChannel();
        SocketChannel client = closing(SocketChannel.open(server.getLocalAddress()));
        server.close();
        IOException error =
                assertThrows(IOException.class, () -> client.read(ByteBuffer.allocate(1)));
        assertEquals("Connection reset", error.getMessage());
    }

    @Test
    void options() throws IOException {
        ServerSocketChannel server = serverChannel();
        assertTrue(server.getOption(StandardSocketOptions.SO_REUSEADDR));
        assertFalse(server.getOption(StandardSocketOptions.SO_REUSEPORT));
        assertTrue(server.getOption(StandardSocketOptions.SO_RCVBUF) > 0);
        server.setOption(StandardSocketOptions.SO_RCVBUF, 10_000);
        assertTrue(server.getOption(StandardSocketOptions.SO_RCVBUF) >= 10_000);
        assertThrows(
                UnsupportedOperationException.class,
                () -> server.setOption(StandardSocketOptions.SO_LINGER, 1));
    }

    @Test
    void theSocketOfAChannel() throws IOException {
        ServerSocketChannel server = serverChannel();
        assertEquals(server.getLocalAddress(), server.socket().getLocalSocketAddress());
        assertEquals(server, server.socket().getChannel());
        server.configureBlocking(false);
        assertThrows(IllegalBlockingModeException.class, server.socket()::accept);
        server.configureBlocking(true);
        SocketChannel client = closing(SocketChannel.open(server.getLocalAddress()));
        var accepted = closing(server.socket().accept());
        client.socket().getOutputStream().write(8);
        assertEquals(8, accepted.getInputStream().read());
        client.configureBlocking(false);
        assertThrows(
                IllegalBlockingModeException.class, () -> client.socket().getInputStream().read());
    }
}
