package dev.cortado.system.guest.suite;

import static java.net.StandardSocketOptions.IP_TOS;
import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_LINGER;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** Options of {@link Socket}s and {@link ServerSocket}s: what they are at first and once set. */
final class SocketOptionsTest extends OnLoopback {
    @Test
    void whatASocketHas() throws IOException {
        Socket socket = closing(new Socket());
        Set<SocketOption<?>> expected =
                Set.of(
                        IP_TOS,
                        SO_KEEPALIVE,
                        SO_LINGER,
                        SO_RCVBUF,
                        SO_REUSEADDR,
                        SO_REUSEPORT,
                        SO_SNDBUF,
                        TCP_NODELAY);
        assertTrue(socket.supportedOptions().containsAll(expected), "" + socket.supportedOptions());
        assertThrows(
                UnsupportedOperationException.class,
                () -> socket.getOption(StandardSocketOptions.IP_MULTICAST_TTL));
    }

    @Test
    void whatAServerHas() throws IOException {
        ServerSocket server = closing(new ServerSocket());
        Set<SocketOption<?>> expected = Set.of(SO_RCVBUF, SO_REUSEADDR, SO_REUSEPORT);
        assertTrue(server.supportedOptions().containsAll(expected), "" + server.supportedOptions());
        assertThrows(
                UnsupportedOperationException.class, () -> server.setOption(TCP_NODELAY, true));
    }

    @Test
    void atFirst() throws IOException {
        Socket socket = sockets().client();
        assertFalse(socket.getTcpNoDelay());
        assertFalse(socket.getKeepAlive());
        assertFalse(socket.getReuseAddress());
        assertFalse(socket.getOOBInline());
        assertFalse(socket.getOption(SO_REUSEPORT));
        assertEquals(-1, socket.getSoLinger());
        assertEquals(0, socket.getSoTimeout());
        assertEquals(0, socket.getTrafficClass());
        assertTrue(socket.getReceiveBufferSize() > 0);
        assertTrue(socket.getSendBufferSize() > 0);
        ServerSocket server = server();
        assertTrue(server.getReuseAddress());
        assertEquals(0, server.getSoTimeout());
        assertTrue(server.getReceiveBufferSize() > 0);
    }

    @Test
    void setOnASocket() throws IOException {
        Socket socket = sockets().client();
        socket.setTcpNoDelay(true);
        assertTrue(socket.getTcpNoDelay());
        socket.setKeepAlive(true);
        assertTrue(socket.getKeepAlive());
        socket.setReuseAddress(true);
        assertTrue(socket.getReuseAddress());
        socket.setOOBInline(true);
        assertTrue(socket.getOOBInline());
        socket.setSoLinger(true, 7);
        assertEquals(7, socket.getSoLinger());
        socket.setSoLinger(false, 0);
        assertEquals(-1, socket.getSoLinger());
        socket.setSoLinger(true, 100_000);
        assertEquals(65_535, socket.getSoLinger());
        socket.setSoLinger(false, 0);
        socket.setSoTimeout(1234);
        assertEquals(1234, socket.getSoTimeout());
        socket.setTrafficClass(0x10);
        assertEquals(0x10, socket.getTrafficClass());
        socket.setPerformancePreferences(1, 2, 3);
    }

    @Test
    void setByOption() throws IOException {
        Socket socket = sockets().client();
        turn(socket, TCP_NODELAY);
        turn(socket, SO_KEEPALIVE);
        turn(socket, SO_REUSEADDR);
        turn(socket, SO_REUSEPORT);
        assertEquals(-1, socket.getOption(SO_LINGER));
        assertEquals(3, socket.setOption(SO_LINGER, 3).getOption(SO_LINGER));
        socket.setOption(SO_LINGER, -1);
        assertEquals(8, socket.setOption(IP_TOS, 8).getOption(IP_TOS));
    }

    private static void turn(Socket socket, SocketOption<Boolean> option) throws IOException {
        assertFalse(socket.getOption(option), option::name);
        assertTrue(socket.setOption(option, true).getOption(option), option::name);
        assertFalse(socket.setOption(option, false).getOption(option), option::name);
    }

    /** A hint only; but what is said afterwards is as large as what was asked for, or more. */
    @Test
    void sizesOfBuffers() throws IOException {
        Socket socket = sockets().client();
        socket.setReceiveBufferSize(20_000);
        assertTrue(socket.getReceiveBufferSize() >= 20_000);
        socket.setSendBufferSize(30_000);
        assertTrue(socket.getSendBufferSize() >= 30_000);
        ServerSocket server = closing(new ServerSocket());
        server.setReceiveBufferSize(40_000);
        assertTrue(server.getReceiveBufferSize() >= 40_000);
    }

    @Test
    void setOnAServer() throws IOException {
        ServerSocket server = closing(new ServerSocket());
        server.setReuseAddress(false);
        assertFalse(server.getReuseAddress());
        server.setSoTimeout(55);
        assertEquals(55, server.getSoTimeout());
        assertTrue(server.setOption(SO_REUSEPORT, true).getOption(SO_REUSEPORT));
        server.bind(anyPort());
        assertEquals(55, server.getSoTimeout());
    }

    @Test
    void portsThatAreShared() throws IOException {
        ServerSocket one = closing(new ServerSocket());
        one.setOption(SO_REUSEPORT, true).bind(anyPort());
        ServerSocket other = closing(new ServerSocket());
        other.setOption(SO_REUSEPORT, true).bind(one.getLocalSocketAddress());
        assertEquals(one.getLocalPort(), other.getLocalPort());
    }

    @Test
    void timesOfKeepAlive() throws IOException {
        Socket socket = sockets().client();
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, 100);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, 10);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value)
            throws IOException {
        if (socket.supportedOptions().contains(option)) {
            assertEquals(value, socket.setOption(option, value).getOption(option), option::name);
        }
    }
}
