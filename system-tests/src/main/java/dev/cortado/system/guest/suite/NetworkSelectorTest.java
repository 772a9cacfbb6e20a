package dev.cortado.system.guest.suite;

import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Selector}s, with sockets to select. */
final class NetworkSelectorTest extends OnLoopback {
    private static final long FOR_LONG = Deadline.MILLISECONDS;
    private static final int MANY = 200;

    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        selector = closing(Selector.open());
    }

    private SelectionKey register(SelectableChannel channel, int interest) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, interest);
    }

    /** Selects until this key is, which is the only one that can be. */
    private void selects(SelectionKey key, int ready) throws IOException {
        selector.selectedKeys().clear();
        assertEquals(1, selector.select(FOR_LONG));
        assertEquals(Set.of(key), selector.selectedKeys());
        assertEquals(ready, key.readyOps());
    }

    @Test
    void operationsOfEachChannel() throws IOException {
        ChannelPair ends = channels();
        assertEquals(OP_READ | OP_WRITE | OP_CONNECT, ends.client().validOps());
        ServerSocketChannel server = serverChannel();
        assertEquals(OP_ACCEPT, server.validOps());
        server.configureBlocking(false);
        assertThrows(IllegalArgumentException.class, () -> server.register(selector, OP_READ));
        assertThrows(
                IllegalBlockingModeException.class,
                () -> ends.client().register(selector, OP_READ));
        SelectionKey key = register(ends.client(), OP_READ);
        assertThrows(
                IllegalBlockingModeException.class, () -> ends.client().configureBlocking(true));
        assertThrows(IllegalArgumentException.class, () -> key.interestOps(OP_ACCEPT));
        assertEquals(key, ends.client().keyFor(selector));
        assertTrue(ends.client().isRegistered());
    }

    @Test
    void someoneConnects() throws IOException {
        ServerSocketChannel server = serverChannel();
        SelectionKey key = register(server, OP_ACCEPT);
        assertEquals(0, selector.selectNow());
        closing(SocketChannel.open(server.getLocalAddress()));
        closing(SocketChannel.open(server.getLocalAddress()));
        selects(key, OP_ACCEPT);
        assertTrue(key.isAcceptable());
        closing(server.accept());
        selects(key, OP_ACCEPT);
        closing(server.accept());
        selector.selectedKeys().clear();
        assertEquals(0, selector.selectNow());
    }

    @Test
    void aConnectionIsMade() throws IOException {
        ServerSocketChannel server = serverChannel();
        SocketChannel client = closing(SocketChannel.open());
        client.configureBlocking(false);
        if (!client.connect(server.getLocalAddress())) {
            SelectionKey key = register(client, OP_CONNECT);
            selects(key, OP_CONNECT);
            assertTrue(key.isConnectable());
            assertTrue(client.finishConnect());
        }
        assertTrue(client.isConnected());
        closing(server.accept());
    }

    @Test
    void aConnectionIsRefused() throws IOException {
        SocketChannel client = closing(SocketChannel.open());
        client.configureBlocking(false);
        ConnectException error =
                assertThrows(
                        ConnectException.class,
                        () -> {
                            client.connect(deadPort());
                            selects(register(client, OP_CONNECT), OP_CONNECT);
                            client.finishConnect();
                        });
        assertEquals("Connection refused", error.getMessage());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bytesCome(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        SelectionKey key = register(ends.server(), OP_READ);
        assertEquals(0, selector.selectNow());
        TestThread thread = kind.start(() -> selects(key, OP_READ));
        kind.waits(thread);
        ends.client().write(ByteBuffer.allocate(2));
        thread.finish();
        ByteBuffer buffer = ByteBuffer.allocate(1);
        assertEquals(1, ends.server().read(buffer));
        selects(key, OP_READ);
        assertEquals(1, ends.server().read(buffer.clear()));
        selector.selectedKeys().clear();
        assertEquals(0, selector.selectNow());
    }

    @Test
    void theEndAndAResetAreReadable() throws IOException {
        ChannelPair ended = channels();
        SelectionKey key = register(ended.server(), OP_READ);
        ended.client().shutdownOutput();
        selects(key, OP_READ);
        assertEquals(-1, ended.server().read(ByteBuffer.allocate(1)));
        selects(key, OP_READ);
        key.cancel();
        ChannelPair reset = channels();
        SelectionKey other = register(reset.server(), OP_READ);
        reset.client().setOption(StandardSocketOptions.SO_LINGER, 0).close();
        selects(other, OP_READ);
        assertThrows(IOException.class, () -> reset.server().read(ByteBuffer.allocate(1)));
    }

    @Test
    void thereIsRoomUntilTheOtherIsFull() throws IOException {
        ChannelPair ends = channels();
        ends.client().setOption(StandardSocketOptions.SO_SNDBUF, 20_000);
        SelectionKey key = register(ends.client(), OP_READ | OP_WRITE);
        selects(key, OP_WRITE);
        ByteBuffer buffer = ByteBuffer.allocate(20_000);
        // What is on its way to the other end makes room once it has arrived.
        do {
            while (ends.client().write(buffer.clear()) > 0) {
                // until it is full
            }
            selector.selectedKeys().clear();
        } while (selector.select(50) > 0);
        ends.server().configureBlocking(false);
        long begin = System.nanoTime();
        while (selector.selectNow() == 0) {
            ends.server().read(buffer.clear());
            assertTrue(System.nanoTime() - begin < Deadline.SECONDS * 1_000_000_000L);
        }
        assertTrue(key.isWritable());
    }

    /** A ready operation is added to a key that is still selected, which counts as an update. */
    @Test
    void whatStaysSelectedIsAddedTo() throws IOException {
        ChannelPair ends = channels();
        SelectionKey key = register(ends.server(), OP_READ | OP_WRITE);
        selects(key, OP_WRITE);
        assertEquals(0, selector.selectNow());
        ends.client().write(ByteBuffer.allocate(1));
        assertEquals(1, selectNewly());
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
        ends.server().read(ByteBuffer.allocate(1));
        assertEquals(0, selector.selectNow());
        assertEquals(OP_READ | OP_WRITE, key.readyOps());
    }

    /** Room to write is there all the time, so select never waits. */
    private int selectNewly() throws IOException {
        long begin = System.nanoTime();
        int count = 0;
        while (count == 0 && System.nanoTime() - begin < Deadline.SECONDS * 1_000_000_000L) {
            count = selector.selectNow();
        }
        return count;
    }

    @Test
    void selectedKeysAreOnlyRemoved() throws IOException {
        SelectionKey key = register(channels().server(), OP_WRITE);
        assertEquals(1, selector.select(FOR_LONG));
        assertThrows(UnsupportedOperationException.class, () -> selector.selectedKeys().add(key));
        assertThrows(UnsupportedOperationException.class, () -> selector.keys().remove(key));
        assertTrue(selector.selectedKeys().remove(key));
        assertEquals(1, selector.select(each -> assertTrue(each.isWritable()), FOR_LONG));
        assertEquals(Set.of(), selector.selectedKeys());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interestIsChangedFromElsewhere(ThreadKind kind) throws Exception {
        SelectionKey key = register(channels().server(), OP_READ);
        TestThread thread =
                kind.start(() -> {
                    while (selector.select(FOR_LONG) == 0) {
                        // woken, not ready
                    }
                    assertTrue(key.isWritable());
                });
        kind.waits(thread);
        assertEquals(OP_READ, key.interestOpsOr(OP_WRITE));
        selector.wakeup();
        thread.finish();
        assertEquals(OP_READ | OP_WRITE, key.interestOpsAnd(OP_READ));
        assertEquals(OP_READ, key.interestOps());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aChannelIsRegisteredFromElsewhere(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        TestThread thread =
                kind.start(() -> {
                    while (selector.select(FOR_LONG) == 0) {
                        // woken, not ready
                    }
                });
        kind.waits(thread);
        SelectionKey key = register(ends.server(), OP_WRITE);
        selector.wakeup();
        thread.finish();
        assertTrue(key.isWritable());
    }

    @Test
    void cancelledKeys() throws IOException {
        ChannelPair ends = channels();
        SelectionKey key = register(ends.server(), OP_WRITE);
        selects(key, OP_WRITE);
        key.cancel();
        assertFalse(key.isValid());
        assertThrows(CancelledKeyException.class, key::interestOps);
        assertThrows(CancelledKeyException.class, key::isReadable);
        assertThrows(CancelledKeyException.class, () -> ends.server().register(selector, OP_READ));
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.selectedKeys());
        assertFalse(ends.server().isRegistered());
        ends.server().configureBlocking(true);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aChannelIsClosedWhileItIsSelected(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        SelectionKey key = register(ends.server(), OP_READ);
        TestThread thread = kind.start(() -> assertEquals(0, selector.select(FOR_LONG)));
        kind.waits(thread);
        ends.server().close();
        assertFalse(key.isValid());
        // It is shut down at once, and closed when the selector lets it go.
        selector.wakeup();
        thread.finish();
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
        assertEquals(-1, ends.client().read(ByteBuffer.allocate(1)));
    }

    /** Each sends its number and gets it back: one thread serves them all. */
    @Test
    void manyConnectionsAreServedByOneThread() throws Exception {
        ServerSocketChannel server = closing(ServerSocketChannel.open()).bind(anyPort(), MANY);
        register(server, OP_ACCEPT);
        TestThread echo = TestThread.start(this::serve);
        SocketChannel[] clients = new SocketChannel[MANY];
        for (int i = 0; i < MANY; i++) {
            clients[i] = closing(SocketChannel.open(server.getLocalAddress()));
        }
        for (int i = MANY - 1; i >= 0; i--) {
            clients[i].write(ByteBuffer.allocate(4).putInt(i).flip());
        }
        for (int i = 0; i < MANY; i++) {
            ByteBuffer buffer = ByteBuffer.allocate(4);
            while (buffer.hasRemaining() && clients[i].read(buffer) >= 0) {
                // all of it
            }
            assertEquals(i, buffer.flip().getInt());
            clients[i].close();
        }
        echo.finish();
    }

    /** Until all of them have come and gone. */
    private void serve() throws IOException {
        int gone = 0;
        while (gone < MANY) {
            assertTrue(selector.select(FOR_LONG) > 0, "nothing comes");
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    SocketChannel accepted = ((ServerSocketChannel) key.channel()).accept();
                    if (accepted != null) {
                        register(accepted, OP_READ);
                    }
                } else if (!echo((SocketChannel) key.channel())) {
                    gone++;
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static boolean echo(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4);
        if (channel.read(buffer) < 0) {
            channel.close();
            return false;
        }
        channel.write(buffer.flip());
        return true;
    }
}
