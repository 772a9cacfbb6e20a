package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a {@link Socket} and a {@link ServerSocket} say when something is not possible. */
final class SocketFailuresTest extends OnLoopback {
    private static void fails(Class<? extends Exception> type, String message, Executable use) {
        Exception error = assertThrows(type, use);
        assertEquals(type, error.getClass());
        assertEquals(message, error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nobodyListens(ThreadKind kind) throws Exception {
        InetSocketAddress dead = deadPort();
        kind.start(
                        () -> {
                            fails(
                                    ConnectException.class,
                                    "Connection refused",
                                    () -> new Socket(dead.getAddress(), dead.getPort()));
                            Socket socket = closing(new Socket());
                            fails(
                                    ConnectException.class,
                                    "Connection refused",
                                    () -> socket.connect(dead, (int) Deadline.MILLISECONDS));
                            // Since JDK 13 a socket is closed when it could not connect.
                            assertTrue(socket.isClosed());
                        })
                .finish();
    }

    @Test
    void nameWithoutAddress() {
        SocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
        fails(
                UnknownHostException.class,
                "nowhere.invalid",
                () -> closing(new Socket()).connect(nowhere));
        fails(
                SocketException.class,
                "Unresolved address",
                () -> closing(new ServerSocket()).bind(nowhere));
    }

    @Test
    void addressInUse() throws IOException {
        ServerSocket server = server();
        SocketAddress address = server.getLocalSocketAddress();
        fails(
                BindException.class,
                "Address already in use",
                () -> new ServerSocket(server.getLocalPort(), 50, loopback()));
        fails(
                BindException.class,
                "Address already in use",
                () -> closing(new Socket()).bind(address));
    }

    /** An address of nobody's here: 192.0.2.0/24 is for documentation, RFC 5737. */
    @Test
    void addressOfSomebodyElse() {
        fails(
                BindException.class,
                "Cannot assign requested address",
                () ->
                        new ServerSocket(
                                0, 50, InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1})));
    }

    @Test
    void notConnected() throws IOException {
        Socket socket = closing(new Socket());
        String message = "Socket is not connected";
        fails(SocketException.class, message, socket::getInputStream);
        fails(SocketException.class, message, socket::getOutputStream);
        fails(SocketException.class, message, socket::shutdownInput);
        fails(SocketException.class, message, socket::shutdownOutput);
        assertEquals(null, socket.getRemoteSocketAddress());
        assertEquals(null, socket.getLocalSocketAddress());
        assertEquals(-1, socket.getLocalPort());
        assertEquals(0, socket.getPort());
        assertFalse(socket.isConnected());
    }

    @Test
    void closed() throws IOException {
        Sockets sockets = sockets();
        Socket socket = sockets.client();
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        socket.close();
        fails(SocketException.class, "Socket closed", in::read);
        fails(SocketException.class, "Socket closed", in::available);
        fails(SocketException.class, "Socket closed", () -> out.write(1));
        List<Executable> uses =
                List.of(
                        socket::getInputStream,
                        socket::getOutputStream,
                        socket::shutdownInput,
                        socket::shutdownOutput,
                        socket::getSoTimeout,
                        socket::getTcpNoDelay,
                        () -> socket.setKeepAlive(true),
                        () -> socket.sendUrgentData(1),
                        () -> socket.bind(null),
                        () -> socket.connect(sockets.server().getLocalSocketAddress()));
        for (Executable use : uses) {
            SocketException error = assertThrows(SocketException.class, use);
            assertTrue(
                    List.of("Socket is closed", "Socket closed").contains(error.getMessage()),
                    error::toString);
        }
    }

    @Test
    void serverThatIsNotBoundOrClosed() throws IOException {
        ServerSocket server = closing(new ServerSocket());
        fails(SocketException.class, "Socket is not bound yet", server::accept);
        assertEquals(-1, server.getLocalPort());
        assertEquals(null, server.getLocalSocketAddress());
        server.bind(anyPort());
        fails(SocketException.class, "Already bound", () -> server.bind(anyPort()));
        server.close();
        fails(SocketException.class, "Socket is closed", server::accept);
        fails(SocketException.class, "Socket is closed", () -> server.bind(anyPort()));
        fails(SocketException.class, "Socket is closed", server::getSoTimeout);
    }

    @Test
    void twice() throws IOException {
        Socket client = sockets().client();
        ServerSocket server = server();
        fails(
                SocketException.class,
                "Already connected",
                () -> client.connect(server.getLocalSocketAddress()));
        fails(SocketException.class, "Already bound", () -> client.bind(anyPort()));
    }

    @Test
    void halfClosed() throws IOException {
        Socket client = sockets().client();
        OutputStream out = client.getOutputStream();
        client.shutdownOutput();
        client.shutdownInput();
        fails(SocketException.class, "Socket output is shutdown", client::getOutputStream);
        fails(SocketException.class, "Socket input is shutdown", client::getInputStream);
        fails(SocketException.class, "Socket output is already shutdown", client::shutdownOutput);
        fails(SocketException.class, "Socket input is already shutdown", client::shutdownInput);
        fails(SocketException.class, "Broken pipe", () -> out.write(1));
    }

    /** To close with a linger time of nothing is to reset. */
    @ParameterizedTest
    @MethodSource("kinds")
    void resetByTheOther(ThreadKind kind) throws Exception {
        Sockets sockets = sockets();
        Socket client = sockets.client();
        TestThread reader =
                kind.start(() -> {
                    InputStream in = client.getInputStream();
                    fails(SocketException.class, "Connection reset", in::read);
                    fails(SocketException.class, "Connection reset", in::read);
                    fails(
                            SocketException.class,
                            "Broken pipe",
                            () -> client.getOutputStream().write(1));
                });
        kind.waits(reader);
        sockets.server().setSoLinger(true, 0);
        sockets.server().close();
        reader.finish();
    }

    /**
     * The JDK shuts the output down before it closes, so the end comes before the reset that TCP
     * sends for bytes that nobody has read; Linux then tells of the end, and of a broken pipe.
     */
    @Test
    void closedWithBytesUnread() throws Exception {
        Sockets sockets = sockets();
        Socket client = sockets.client();
        client.getOutputStream().write(1);
        InputStream in = sockets.server().getInputStream();
        while (in.available() == 0) {
            Thread.yield();
        }
        sockets.server().close();
        assertEquals(-1, client.getInputStream().read());
        writingFails(client);
    }

    @Test
    void writingToWhoIsGone() throws Exception {
        Sockets sockets = sockets();
        sockets.server().close();
        writingFails(sockets.client());
    }

    /** Not at once: the first bytes may be on their way before the other says that it is gone. */
    private static void writingFails(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        SocketException error =
                assertThrows(
                        SocketException.class,
                        () -> {
                            long begin = System.nanoTime();
                            while (System.nanoTime() - begin < Deadline.SECONDS * 1_000_000_000L) {
                                out.write(1);
                                Thread.yield();
                            }
                        });
        assertTrue(
                List.of("Broken pipe", "Connection reset", "Connection reset by peer")
                        .contains(error.getMessage()),
                error::toString);
    }

    @Test
    void argumentsThatMakeNoSense() throws IOException {
        Socket socket = closing(new Socket());
        List<Executable> uses =
                List.of(
                        () -> socket.setSoTimeout(-1),
                        () -> socket.setReceiveBufferSize(0),
                        () -> socket.setSendBufferSize(0),
                        () -> socket.setSoLinger(true, -1),
                        () -> socket.setTrafficClass(256),
                        () -> socket.connect(null),
                        () -> socket.connect(anyPort(), -1),
                        () -> new InetSocketAddress(70_000),
                        () -> new Socket(loopback(), -1));
        for (Executable use : uses) {
            assertThrows(IllegalArgumentException.class, use);
        }
    }
}
