package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels of the network that are closed, and threads interrupted, while somebody waits. */
final class NetworkChannelClosingTest extends OnLoopback {
    /** What may be done on a channel that others close. */
    private interface Use {
        void run() throws IOException;
    }

    /** Who came after the channel was closed is told that it is. */
    private static void closed(Use use) throws IOException {
        ClosedChannelException error = assertThrows(ClosedChannelException.class, use::run);
        assertTrue(
                error.getClass() == AsynchronousCloseException.class
                        || error.getClass() == ClosedChannelException.class,
                error::toString);
    }

    private static void interrupted(Use use) {
        assertThrows(ClosedByInterruptException.class, use::run);
        assertTrue(Thread.interrupted());
    }

    private static void writeForEver(SocketChannel to, CountDownLatch begun) throws IOException {
        while (true) {
            to.write(ByteBuffer.allocate(100_000));
            begun.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheReader(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        TestThread reader =
                kind.start(() -> closed(() -> ends.client().read(ByteBuffer.allocate(1))));
        kind.waits(reader);
        ends.client().close();
        reader.finish();
        assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheWriter(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        CountDownLatch begun = new CountDownLatch(1);
        TestThread writer = kind.start(() -> closed(() -> writeForEver(ends.client(), begun)));
        Deadline.await(begun);
        kind.waits(writer);
        ends.client().close();
        writer.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesReaderAndWriter(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        CountDownLatch begun = new CountDownLatch(1);
        TestThread reader =
                kind.start(() -> closed(() -> ends.client().read(ByteBuffer.allocate(1))));
        TestThread writer = kind.start(() -> closed(() -> writeForEver(ends.client(), begun)));
        kind.waits(reader);
        Deadline.await(begun);
        kind.waits(writer);
        ends.client().close();
        reader.finish();
        writer.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesWhoAccepts(ThreadKind kind) throws Exception {
        ServerSocketChannel server = serverChannel();
        TestThread acceptor = kind.start(() -> closed(server::accept));
        kind.waits(acceptor);
        server.close();
        acceptor.finish();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptingTheReaderClosesTheChannel(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        TestThread reader =
                kind.start(() -> interrupted(() -> ends.client().read(ByteBuffer.allocate(1))));
        kind.waits(reader);
        reader.thread().interrupt();
        reader.finish();
        assertFalse(ends.client().isOpen());
        assertEquals(-1, ends.server().read(ByteBuffer.allocate(1)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptingTheWriterClosesTheChannel(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        CountDownLatch begun = new CountDownLatch(1);
        TestThread writer = kind.start(() -> interrupted(() -> writeForEver(ends.client(), begun)));
        Deadline.await(begun);
        writer.thread().interrupt();
        writer.finish();
        assertFalse(ends.client().isOpen());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptingWhoAcceptsClosesTheServer(ThreadKind kind) throws Exception {
        ServerSocketChannel server = serverChannel();
        TestThread acceptor = kind.start(() -> interrupted(server::accept));
        kind.waits(acceptor);
        acceptor.thread().interrupt();
        acceptor.finish();
        assertFalse(server.isOpen());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoWasInterruptedBeforeClosesTheChannelToo(ThreadKind kind) throws Exception {
        ChannelPair ends = channels();
        kind.start(
                        () -> {
                            Thread.currentThread().interrupt();
                            interrupted(() -> ends.client().read(ByteBuffer.allocate(1)));
                        })
                .finish();
        assertFalse(ends.client().isOpen());
    }
}
