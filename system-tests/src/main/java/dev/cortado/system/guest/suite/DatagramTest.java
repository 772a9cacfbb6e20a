package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NotYetConnectedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link DatagramSocket} and {@link DatagramChannel}. */
final class DatagramTest extends OnLoopback {
    private DatagramSocket socket() throws IOException {
        DatagramSocket socket = closing(new DatagramSocket(anyPort()));
        socket.setSoTimeout((int) Deadline.MILLISECONDS);
        return socket;
    }

    private DatagramChannel channel() throws IOException {
        return closing(DatagramChannel.open()).bind(anyPort());
    }

    private static DatagramPacket packet(int length, DatagramSocket to) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 5);
        return new DatagramPacket(bytes, length, to.getLocalSocketAddress());
    }

    private static DatagramPacket receive(DatagramSocket from, int room) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[room], room);
        from.receive(packet);
        return packet;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void packetsKeepTheirBounds(ThreadKind kind) throws Exception {
        DatagramSocket one = socket();
        DatagramSocket other = socket();
        TestThread receiver =
                kind.start(() -> {
                    for (int length : new int[] {3, 0, 1500, 20_000}) {
                        DatagramPacket packet = receive(other, 30_000);
                        assertEquals(length, packet.getLength());
                        assertEquals(one.getLocalSocketAddress(), packet.getSocketAddress());
                    }
                });
        kind.waits(receiver);
        for (int length : new int[] {3, 0, 1500, 20_000}) {
            one.send(packet(length, other));
        }
        receiver.finish();
    }

    @Test
    void theRestOfALongPacketIsLost() throws IOException {
        DatagramSocket one = socket();
        DatagramSocket other = socket();
        one.send(packet(10, other));
        one.send(packet(2, other));
        assertEquals(4, receive(other, 4).getLength());
        assertEquals(2, receive(other, 4).getLength());
    }

    @Test
    void tooLongForAPacket() throws IOException {
        DatagramSocket one = socket();
        IOException error = assertThrows(IOException.class, () -> one.send(packet(65_508, one)));
        assertEquals("Message too long", error.getMessage());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void receivingTimesOut(ThreadKind kind) throws Exception {
        DatagramSocket socket = socket();
        socket.setSoTimeout(20);
        kind.start(
                        () -> {
                            SocketTimeoutException error =
                                    assertThrows(
                                            SocketTimeoutException.class, () -> receive(socket, 1));
                            assertEquals("Receive timed out", error.getMessage());
                        })
                .finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheReceiver(ThreadKind kind) throws Exception {
        DatagramSocket socket = socket();
        TestThread receiver =
                kind.start(() -> {
                    SocketException error =
                            assertThrows(SocketException.class, () -> receive(socket, 1));
                    assertEquals("Socket closed", error.getMessage());
                });
        kind.waits(receiver);
        socket.close();
        receiver.finish();
    }

    @Test
    void whoIsConnectedHearsOnlyTheOther() throws IOException {
        DatagramSocket one = socket();
        DatagramSocket other = socket();
        DatagramSocket stranger = socket();
        one.connect(other.getLocalSocketAddress());
        assertEquals(other.getLocalSocketAddress(), one.getRemoteSocketAddress());
        stranger.send(packet(1, one));
        other.send(packet(2, one));
        assertEquals(2, receive(one, 9).getLength());
        assertThrows(IllegalArgumentException.class, () -> one.send(packet(1, stranger)));
        one.disconnect();
        assertFalse(one.isConnected());
    }

    @Test
    void nobodyIsAtThatPort() throws IOException {
        DatagramSocket socket = socket();
        InetSocketAddress dead;
        try (DatagramSocket closed = new DatagramSocket(anyPort())) {
            dead = (InetSocketAddress) closed.getLocalSocketAddress();
        }
        socket.connect(dead);
        socket.send(new DatagramPacket(new byte[1], 1));
        assertThrows(PortUnreachableException.class, () -> receive(socket, 1));
    }

    @Test
    void options() throws IOException {
        DatagramSocket socket = socket();
        assertTrue(socket.getBroadcast());
        socket.setBroadcast(false);
        assertFalse(socket.getBroadcast());
        socket.setReceiveBufferSize(20_000);
        assertTrue(socket.getReceiveBufferSize() >= 20_000);
        socket.setTrafficClass(8);
        assertEquals(8, socket.getTrafficClass());
        DatagramChannel channel = channel();
        assertFalse(channel.getOption(StandardSocketOptions.SO_BROADCAST));
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        assertTrue(channel.getOption(StandardSocketOptions.SO_BROADCAST));
        assertEquals(1, channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL));
        assertTrue(channel.getOption(StandardSocketOptions.IP_MULTICAST_LOOP));
    }

    @Test
    void channelsSendAndReceive() throws IOException {
        DatagramChannel one = channel();
        DatagramChannel other = channel();
        other.configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(3);
        assertEquals(null, other.receive(buffer));
        byte[] bytes = {1, 2, 3, 4};
        assertEquals(4, one.send(ByteBuffer.wrap(bytes), other.getLocalAddress()));
        other.configureBlocking(true);
        assertEquals(one.getLocalAddress(), other.receive(buffer));
        assertArrayEquals(new byte[] {1, 2, 3}, buffer.array());
        assertThrows(NotYetConnectedException.class, () -> one.read(buffer.clear()));
        one.connect(other.getLocalAddress());
        other.connect(one.getLocalAddress());
        ByteBuffer[] from = {ByteBuffer.wrap(bytes, 0, 1), ByteBuffer.wrap(bytes, 1, 2)};
        assertEquals(3, one.write(from));
        ByteBuffer[] to = {ByteBuffer.allocate(2), ByteBuffer.allocate(9)};
        assertEquals(3, other.read(to));
        assertEquals(1, to[1].position());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesWhoWaitsInAChannel(ThreadKind kind) throws Exception {
        DatagramChannel channel = channel();
        TestThread receiver =
                kind.start(() -> {
                    ClosedChannelException error =
                            assertThrows(
                                    ClosedChannelException.class,
                                    () -> channel.receive(ByteBuffer.allocate(1)));
                    assertTrue(
                            error.getClass() == AsynchronousCloseException.class
                                    || error.getClass() == ClosedChannelException.class,
                            error::toString);
                });
        kind.waits(receiver);
        channel.close();
        receiver.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptingClosesTheChannel(ThreadKind kind) throws Exception {
        DatagramChannel channel = channel();
        TestThread receiver =
                kind.start(() ->
                        assertThrows(
                                ClosedByInterruptException.class,
                                () -> channel.receive(ByteBuffer.allocate(1))));
        kind.waits(receiver);
        receiver.thread().interrupt();
        receiver.finish();
        assertFalse(channel.isOpen());
    }
}
