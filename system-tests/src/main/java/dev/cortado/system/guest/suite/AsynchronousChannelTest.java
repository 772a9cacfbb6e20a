package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ReadPendingException;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@link AsynchronousSocketChannel} and its server: by futures and by handlers. */
final class AsynchronousChannelTest extends OnLoopback {
    private static final int MUCH = 300_000;

    private record Ends(AsynchronousSocketChannel client, AsynchronousSocketChannel server) {}

    /** What a call with a handler came to. */
    private static final class Result<T> implements CompletionHandler<T, String> {
        private final CompletableFuture<T> outcome = new CompletableFuture<>();

        @Override
        public void completed(T result, String attachment) {
            assertEquals("attached", attachment);
            outcome.complete(result);
        }

        @Override
        public void failed(Throwable error, String attachment) {
            outcome.completeExceptionally(error);
        }

        T get() throws Exception {
            return AsynchronousChannelTest.get(outcome);
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(Deadline.SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable failure(Future<?> future) {
        return assertThrows(ExecutionException.class, () -> get(future)).getCause();
    }

    private AsynchronousServerSocketChannel listening() throws IOException {
        return closing(AsynchronousServerSocketChannel.open()).bind(anyPort());
    }

    private Ends ends() throws Exception {
        AsynchronousServerSocketChannel server = listening();
        Future<AsynchronousSocketChannel> accepted = server.accept();
        AsynchronousSocketChannel client = closing(AsynchronousSocketChannel.open());
        get(client.connect(server.getLocalAddress()));
        return new Ends(client, closing(get(accepted)));
    }

    @Test
    void addressesOfBothEnds() throws Exception {
        Ends ends = ends();
        assertEquals(ends.client().getLocalAddress(), ends.server().getRemoteAddress());
        assertEquals(ends.client().getRemoteAddress(), ends.server().getLocalAddress());
    }

    @Test
    void readingWhatIsThereAndWhatComesLater() throws Exception {
        Ends ends = ends();
        assertEquals(2, get(ends.client().write(ByteBuffer.wrap(new byte[] {1, 2}))));
        ByteBuffer buffer = ByteBuffer.allocate(8);
        while (buffer.position() < 2) {
            assertTrue(get(ends.server().read(buffer)) > 0);
        }
        Future<Integer> waiting = ends.server().read(buffer);
        assertFalse(waiting.isDone());
        get(ends.client().write(ByteBuffer.wrap(new byte[] {3})));
        assertEquals(1, get(waiting));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), buffer.flip());
    }

    @Test
    void handlersGetWhatWasAttached() throws Exception {
        AsynchronousServerSocketChannel server = listening();
        Result<AsynchronousSocketChannel> accepted = new Result<>();
        server.accept("attached", accepted);
        AsynchronousSocketChannel client = closing(AsynchronousSocketChannel.open());
        Result<Void> connected = new Result<>();
        client.connect(server.getLocalAddress(), "attached", connected);
        connected.get();
        AsynchronousSocketChannel other = closing(accepted.get());
        Result<Integer> read = new Result<>();
        ByteBuffer buffer = ByteBuffer.allocateDirect(4);
        other.read(buffer, "attached", read);
        Result<Integer> written = new Result<>();
        client.write(ByteBuffer.wrap(new byte[] {5}), "attached", written);
        assertEquals(1, written.get());
        assertEquals(1, read.get());
        assertEquals(5, buffer.get(0));
    }

    @Test
    void muchComesInOrder() throws Exception {
        byte[] bytes = new byte[MUCH];
        new Random(12).nextBytes(bytes);
        Ends ends = ends();
        TestThread writer =
                ThreadKind.PLATFORM.start(() -> {
                    ByteBuffer from = ByteBuffer.wrap(bytes);
                    while (from.hasRemaining()) {
                        get(ends.client().write(from));
                    }
                    ends.client().shutdownOutput();
                });
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        while (get(ends.server().read(buffer.clear())) >= 0) {
            came.write(buffer.array(), 0, buffer.position());
        }
        writer.finish();
        assertArrayEquals(bytes, came.toByteArray());
    }

    @Test
    void severalBuffersAtOnce() throws Exception {
        Ends ends = ends();
        ByteBuffer[] from = {ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3})};
        Result<Long> written = new Result<>();
        ends.client().write(from, 0, 2, Deadline.SECONDS, TimeUnit.SECONDS, "attached", written);
        assertEquals(3, written.get());
        ByteBuffer first = ByteBuffer.allocate(1);
        ByteBuffer second = ByteBuffer.allocate(5);
        while (second.position() < 2) {
            Result<Long> read = new Result<>();
            ByteBuffer[] to = {first, second};
            ends.server().read(to, 0, 2, Deadline.SECONDS, TimeUnit.SECONDS, "attached", read);
            assertTrue(read.get() > 0);
        }
        assertEquals(1, first.get(0));
        assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), second.flip());
    }

    @Test
    void waitingHasAnEnd() throws Exception {
        Ends ends = ends();
        Result<Integer> read = new Result<>();
        ends.server().read(ByteBuffer.allocate(1), 20, TimeUnit.MILLISECONDS, "attached", read);
        ExecutionException error = assertThrows(ExecutionException.class, read::get);
        assertInstanceOf(InterruptedByTimeoutException.class, error.getCause());
        assertThrows(IllegalStateException.class, () -> ends.server().read(ByteBuffer.allocate(1)));
    }

    @Test
    void oneReaderAtATime() throws Exception {
        Ends ends = ends();
        Future<Integer> first = ends.server().read(ByteBuffer.allocate(1));
        assertThrows(ReadPendingException.class, () -> ends.server().read(ByteBuffer.allocate(1)));
        assertThrows(TimeoutException.class, () -> first.get(1, TimeUnit.MILLISECONDS));
        ends.client().close();
        assertEquals(-1, get(first));
    }

    @Test
    void closingEndsWhatWaits() throws Exception {
        Ends ends = ends();
        Future<Integer> read = ends.server().read(ByteBuffer.allocate(1));
        ends.server().close();
        assertInstanceOf(AsynchronousCloseException.class, failure(read));
        assertInstanceOf(
                ClosedChannelException.class, failure(ends.server().read(ByteBuffer.allocate(1))));
        AsynchronousServerSocketChannel server = listening();
        Future<AsynchronousSocketChannel> accepted = server.accept();
        server.close();
        assertInstanceOf(AsynchronousCloseException.class, failure(accepted));
    }

    @Test
    void nobodyListens() throws Exception {
        AsynchronousSocketChannel client = closing(AsynchronousSocketChannel.open());
        assertThrows(NotYetConnectedException.class, () -> client.read(ByteBuffer.allocate(1)));
        Throwable error = failure(client.connect(deadPort()));
        assertInstanceOf(ConnectException.class, error);
        assertEquals("Connection refused", error.getMessage());
        assertFalse(client.isOpen());
    }

    @Test
    void groupsEnd() throws Exception {
        AsynchronousChannelGroup group =
                AsynchronousChannelGroup.withFixedThreadPool(2, Thread::new);
        AsynchronousServerSocketChannel server =
                closing(AsynchronousServerSocketChannel.open(group)).bind(anyPort());
        Future<AsynchronousSocketChannel> accepted = server.accept();
        AsynchronousSocketChannel client = closing(AsynchronousSocketChannel.open(group));
        get(client.connect(server.getLocalAddress()));
        closing(get(accepted));
        group.shutdown();
        assertTrue(group.isShutdown());
        assertThrows(
                ShutdownChannelGroupException.class, () -> AsynchronousSocketChannel.open(group));
        group.shutdownNow();
        assertTrue(group.awaitTermination(Deadline.SECONDS, TimeUnit.SECONDS));
        assertFalse(client.isOpen());
        assertFalse(server.isOpen());
    }
}
