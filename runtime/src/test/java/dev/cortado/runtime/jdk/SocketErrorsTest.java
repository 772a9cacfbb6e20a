package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is thrown is what HotSpot throws in the same situation on Linux. */
class SocketErrorsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Of a documentation network (RFC 5737), which is nobody's. */
    private static InetAddress elsewhere() throws UnknownHostException {
        return InetAddress.getByName("192.0.2.1");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static void assertSame(IOException ours, Executable hotspot) {
        Exception theirs = assertThrows(Exception.class, hotspot);
        assertEquals(theirs.getClass(), ours.getClass());
        assertEquals(theirs.getMessage(), ours.getMessage());
    }

    @Test
    void nobodyListens() throws IOException {
        InetSocketAddress remote = new InetSocketAddress(LOOPBACK, closedPort());
        try (SocketChannel channel = SocketChannel.open()) {
            assertSame(SocketErrors.of(Errno.ECONNREFUSED), () -> channel.connect(remote));
        }
    }

    @Test
    void somebodyElseListens() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, LOOPBACK);
                ServerSocketChannel second = ServerSocketChannel.open()) {
            assertSame(
                    SocketErrors.of(Errno.EADDRINUSE),
                    () -> second.bind(first.getLocalSocketAddress()));
        }
    }

    @Test
    void theAddressIsNotOurs() throws IOException {
        InetSocketAddress local = new InetSocketAddress(elsewhere(), 0);
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            assertSame(SocketErrors.of(Errno.EADDRNOTAVAIL), () -> channel.bind(local));
        }
    }

    @Test
    void aDatagramWasRefused() throws IOException {
        InetSocketAddress remote = new InetSocketAddress(LOOPBACK, closedPort());
        FileException refused = new FileException(Errno.ECONNREFUSED);
        try (DatagramChannel channel = DatagramChannel.open().connect(remote)) {
            channel.write(ByteBuffer.allocate(1));
            assertSame(
                    SocketErrors.ofDatagram(refused), () -> channel.read(ByteBuffer.allocate(1)));
            channel.write(ByteBuffer.allocate(1));
            assertSame(
                    SocketErrors.ofPacket(refused), () -> channel.receive(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void aDatagramIsTooLong() throws IOException {
        InetSocketAddress remote = new InetSocketAddress(LOOPBACK, closedPort());
        try (DatagramChannel channel = DatagramChannel.open()) {
            ByteBuffer tooLong = ByteBuffer.allocate(70_000);
            assertSame(
                    SocketErrors.ofPacket(new FileException(Errno.EMSGSIZE)),
                    () -> channel.send(tooLong, remote));
            channel.connect(remote);
            assertSame(
                    SocketErrors.ofDatagram(new FileException(Errno.EMSGSIZE)),
                    () -> channel.write(tooLong));
        }
    }

    @Test
    void theRest() {
        assertEquals(NoRouteToHostException.class, SocketErrors.of(Errno.EHOSTUNREACH).getClass());
        assertEquals(ProtocolException.class, SocketErrors.of(Errno.EPROTO).getClass());
        IOException other = SocketErrors.of(Errno.ENETUNREACH);
        assertEquals(SocketException.class, other.getClass());
        assertEquals("Network is unreachable", other.getMessage());
    }
}
