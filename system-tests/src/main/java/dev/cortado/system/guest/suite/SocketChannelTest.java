package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SocketChannel}: connecting, reading and writing, whether it waits or not. */
final class SocketChannelTest extends OnLoopback {
    private static final int MUCH = 1_000_000;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(8).nextBytes(bytes);
        return bytes;
    }

    /** Fills a buffer from a channel that may not wait. */
    private static ByteBuffer fill(SocketChannel from, ByteBuffer to) {
        Deadline.until("filled", () -> read(from, to) == 0 && !to.hasRemaining());
        return to.flip();
    }

    private static int read(SocketChannel from, ByteBuffer to) {
        try {
            return from.read(to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void addressesOfBothEnds() throws IOException {
        ChannelPair ends = channels();
        assertTrue(ends.client().isConnected());
        assertFalse(ends.client().isConnectionPending());
        assertEquals(ends.client().getLocalAddress(), ends.server().getRemoteAddress());
        assertEquals(ends.client().getRemoteAddress(), ends.server().getLocalAddress());
        InetSocketAddress local = (InetSocketAddress) ends.client().getLocalAddress();
        assertEquals(loopback(), local.getAddress());
        assertEquals(local.getPort(), ends.client().socket().getLocalPort());
    }

    @Test
    void connectingWithoutWaiting() throws IOException {
        var server = serverChannel();
        SocketChannel client = closing(SocketChannel.open());
        client.configureBlocking(false);
        if (!client.connect(server.getLocalAddress())) {
            assertTrue(client.isConnectionPending() || client.isConnected());
            Deadline.until("connected", () -> finished(client));
        }
        assertTrue(client.isConnected());
        assertTrue(client.finishConnect());
        assertEquals(client.getLocalAddress(), closing(server.accept()).getRemoteAddress());
    }

    private static boolean finished(SocketChannel client) {
        try {
            return client.finishConnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nobodyListens(boolean waits) throws IOException {
        InetSocketAddress dead = deadPort();
        SocketChannel client = closing(SocketChannel.open());
        client.configureBlocking(waits);
        ConnectException error =
                assertThrows(
                        ConnectException.class,
                        () -> {
                            client.connect(dead);
                            while (!client.finishConnect()) {
                                Thread.yield();
                            }
                        });
        assertEquals("Connection refused", error.getMessage());
        assertFalse(client.isOpen());
    }

    @Test
    void readingNothingAndTheEnd() throws IOException {
        ChannelPair ends = channels();
        ends.server().configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertEquals(0, ends.server().read(buffer));
        assertEquals(3, ends.client().write(ByteBuffer.allocate(3)));
        ends.client().close();
        fill(ends.server(), buffer.limit(3));
        buffer.clear();
        Deadline.until("end", () -> read(ends.server(), buffer) == -1);
        assertEquals(-1, ends.server().read(buffer));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void muchComesInOrder(ThreadKind kind) throws Exception {
        byte[] bytes = random(MUCH);
        ChannelPair ends = channels();
        TestThread writer =
                kind.start(() -> {
                    ByteBuffer from = ByteBuffer.wrap(bytes);
                    while (from.hasRemaining()) {
                        ends.client().write(from);
                    }
                    ends.client().shutdownOutput();
                });
        TestThread reader =
                kind.start(() ->
                        assertArrayEquals(
                                bytes, Channels.newInputStream(ends.server()).readAllBytes()));
        writer.finish();
        reader.finish();
    }

    /** Nothing of what was written before the other end was full is lost. */
    @Test
    void writingWithoutWaitingStopsWhenTheOtherIsFull() throws IOException {
        ChannelPair ends = channels();
        ends.client().setOption(StandardSocketOptions.SO_SNDBUF, 20_000);
        ends.client().configureBlocking(false);
        ends.server().configureBlocking(false);
        byte[] bytes = random(50_000);
        long written = 0;
        int zeros = 0;
        while (zeros < 3) {
            int position = (int) (written % bytes.length);
            int count =
                    ends.client().write(ByteBuffer.wrap(bytes, position, bytes.length - position));
            written += count;
            zeros = count == 0 ? zeros + 1 : 0;
        }
        ends.client().close();
        ByteBuffer buffer = ByteBuffer.allocateDirect(30_000);
        long read = 0;
        long begin = System.nanoTime();
        for (int count = 0; count >= 0; count = ends.server().read(buffer.clear())) {
            buffer.flip();
            for (; buffer.hasRemaining(); read++) {
                assertEquals(bytes[(int) (read % bytes.length)], buffer.get());
            }
            assertTrue(System.nanoTime() - begin < Deadline.SECONDS * 1_000_000_000L);
        }
        assertEquals(written, read);
    }

    @Test
    void severalBuffersAtOnce() throws IOException {
        ChannelPair ends = channels();
        ByteBuffer[] from = {
            ByteBuffer.wrap(new byte[] {1, 2}),
            ByteBuffer.allocate(0),
            ByteBuffer.allocateDirect(2).put(new byte[] {3, 4}).flip(),
            ByteBuffer.wrap(new byte[] {9, 5, 6, 9}, 1, 2)
        };
        assertEquals(6, ends.client().write(from));
        assertEquals(0, ends.client().write(from));
        ByteBuffer[] to = {
            ByteBuffer.allocate(9), ByteBuffer.allocateDirect(1), ByteBuffer.allocate(1)
        };
        assertEquals(0, ends.server().read(to, 1, 0));
        long read = 0;
        while (read < 2) {
            read += ends.server().read(to, 1, 2);
        }
        assertEquals(1, to[1].get(0));
        assertEquals(2, to[2].get(0));
        while (to[0].position() < 4) {
            ends.server().read(to, 0, 3);
        }
        assertEquals(ByteBuffer.wrap(new byte[] {3, 4, 5, 6}), to[0].flip());
    }

    @Test
    void oneDirectionMayEndBeforeTheOther() throws IOException {
        ChannelPair ends = channels();
        ends.client().shutdownOutput();
        assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
        assertThrows(
                ClosedChannelException.class, () -> ends.client().write(ByteBuffer.allocate(1)));
        ends.server().write(ByteBuffer.wrap(new byte[] {7}));
        ByteBuffer buffer = ByteBuffer.allocate(1);
        assertEquals(1, ends.client().read(buffer));
        ends.client().shutdownInput();
        assertEquals(-1, ends.client().read(buffer.clear()));
        assertTrue(ends.client().isOpen());
        // Again does no harm.
        ends.client().shutdownInput().shutdownOutput();
    }

    @Test
    void resetByTheOther() throws IOException {
        ChannelPair ends = channels();
        ends.server().setOption(StandardSocketOptions.SO_LINGER, 0).close();
        SocketException error =
                assertThrows(
                        SocketException.class, () -> ends.client().read(ByteBuffer.allocate(1)));
        assertEquals("Connection reset", error.getMessage());
    }

    @Test
    void notYet() throws IOException {
        SocketChannel client = closing(SocketChannel.open());
        assertThrows(NotYetConnectedException.class, () -> client.read(ByteBuffer.allocate(1)));
        assertThrows(NotYetConnectedException.class, () -> client.write(ByteBuffer.allocate(1)));
        assertThrows(NotYetConnectedException.class, client::shutdownInput);
        assertThrows(NoConnectionPendingException.class, client::finishConnect);
        assertThrows(
                UnresolvedAddressException.class,
                () -> client.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1)));
        assertEquals(null, client.getLocalAddress());
        assertEquals(null, client.getRemoteAddress());
    }

    @Test
    void noMore() throws IOException {
        SocketChannel client = channels().client();
        assertThrows(AlreadyConnectedException.class, () -> client.connect(anyPort()));
        client.close();
        assertThrows(ClosedChannelException.class, () -> client.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, client::getLocalAddress);
        assertThrows(ClosedChannelException.class, () -> client.connect(anyPort()));
        assertThrows(
                ClosedChannelException.class,
                () -> client.getOption(StandardSocketOptions.TCP_NODELAY));
        assertFalse(client.isOpen());
    }

    @Test
    void options() throws IOException {
        SocketChannel client = channels().client();
        for (var option :
                new SocketOption<?>[] {
                    StandardSocketOptions.TCP_NODELAY,
                    StandardSocketOptions.SO_KEEPALIVE,
                    StandardSocketOptions.SO_REUSEADDR,
                    StandardSocketOptions.SO_REUSEPORT,
                    StandardSocketOptions.SO_LINGER,
                    StandardSocketOptions.SO_RCVBUF,
                    StandardSocketOptions.SO_SNDBUF,
                    StandardSocketOptions.IP_TOS
                }) {
            assertTrue(client.supportedOptions().contains(option), option::name);
            assertTrue(client.getOption(option) != null, option::name);
        }
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        assertTrue(client.getOption(StandardSocketOptions.TCP_NODELAY));
        assertTrue(client.socket().getTcpNoDelay());
        assertThrows(
                UnsupportedOperationException.class,
                () -> client.setOption(StandardSocketOptions.SO_BROADCAST, true));
    }

    @Test
    void filesAreSentAndReceived() throws Exception {
        byte[] bytes = random(200_000);
        Path file = Files.write(Files.createTempFile("sent", null), bytes);
        Path copy = Files.createTempFile("received", null);
        ChannelPair ends = channels();
        TestThread sender = TestThread.start(() -> send(file, ends.client()));
        try (FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            long position = 0;
            while (position < bytes.length) {
                position += to.transferFrom(ends.server(), position, bytes.length - position);
            }
        }
        sender.finish();
        assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
        assertEquals(-1, Files.mismatch(file, copy));
        Files.delete(file);
        Files.delete(copy);
    }

    private static void send(Path file, SocketChannel to) throws IOException {
        try (FileChannel from = FileChannel.open(file);
                to) {
            long position = 0;
            while (position < from.size()) {
                position += from.transferTo(position, from.size() - position, to);
            }
        }
    }
}
