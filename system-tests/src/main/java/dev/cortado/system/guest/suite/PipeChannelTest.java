package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Pipe}s: what goes through them, and how who waits in them is woken. */
final class PipeChannelTest {
    /** More than a pipe holds at once. */
    private static final int MUCH = 300_000;

    static Stream<ThreadKind> kinds() {
        return Stream.of(ThreadKind.values());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void bytesComeInOrder(ThreadKind kind) throws Exception {
        byte[] bytes = new byte[MUCH];
        new Random(5).nextBytes(bytes);
        Pipe pipe = Pipe.open();
        TestThread writer =
                TestThread.start(
                        kind.builder(),
                        () -> {
                            try (Pipe.SinkChannel sink = pipe.sink()) {
                                ByteBuffer from = ByteBuffer.wrap(bytes);
                                while (from.hasRemaining()) {
                                    sink.write(from);
                                }
                            }
                        });
        AtomicReference<byte[]> read = new AtomicReference<>();
        TestThread reader =
                TestThread.start(
                        kind.builder(),
                        () -> {
                            try (Pipe.SourceChannel source = pipe.source()) {
                                read.set(Channels.newInputStream(source).readAllBytes());
                            }
                        });
        writer.finish();
        reader.finish();
        assertTrue(Arrays.equals(bytes, read.get()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theReaderWaits(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        TestThread reader =
                TestThread.start(
                        kind.builder(),
                        () -> {
                            ByteBuffer to = ByteBuffer.allocate(10);
                            assertEquals(3, pipe.source().read(to));
                            assertEquals(-1, pipe.source().read(to));
                        });
        kind.waits(reader);
        assertEquals(3, pipe.sink().write(ByteBuffer.allocate(3)));
        pipe.sink().close();
        reader.finish();
        pipe.source().close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheReader(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        TestThread reader =
                TestThread.start(
                        kind.builder(),
                        () ->
                                closed(
                                        AsynchronousCloseException.class,
                                        () -> pipe.source().read(ByteBuffer.allocate(1))));
        kind.waits(reader);
        pipe.source().close();
        reader.finish();
        pipe.sink().close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void closingWakesTheWriter(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        TestThread writer =
                TestThread.start(
                        kind.builder(),
                        () ->
                                closed(
                                        AsynchronousCloseException.class,
                                        () -> writeForEver(pipe.sink())));
        kind.waits(writer);
        pipe.sink().close();
        writer.finish();
        pipe.source().close();
    }

    private static void writeForEver(Pipe.SinkChannel sink) throws IOException {
        while (true) {
            sink.write(ByteBuffer.allocate(10_000));
        }
    }

    /** What may be done on a channel that others close. */
    private interface Use {
        void run() throws IOException;
    }

    /** Who came after the channel was closed is told that it is. */
    private static void closed(Class<? extends IOException> type, Use use) throws IOException {
        try {
            use.run();
        } catch (ClosedChannelException e) {
            assertTrue(
                    e.getClass() == type || e.getClass() == ClosedChannelException.class,
                    e::toString);
            return;
        }
        throw new AssertionError("not closed");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptingClosesTheChannel(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        TestThread reader =
                TestThread.start(
                        kind.builder(),
                        () -> {
                            assertThrows(
                                    ClosedByInterruptException.class,
                                    () -> pipe.source().read(ByteBuffer.allocate(1)));
                            assertTrue(Thread.interrupted());
                        });
        kind.waits(reader);
        reader.thread().interrupt();
        reader.finish();
        assertFalse(pipe.source().isOpen());
        pipe.sink().close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nobodyReadsAnyMore(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        TestThread writer =
                TestThread.start(
                        kind.builder(),
                        () -> {
                            IOException error =
                                    assertThrows(
                                            IOException.class,
                                            () -> pipe.sink().write(ByteBuffer.allocate(1)));
                            assertEquals("Broken pipe", error.getMessage());
                        });
        writer.finish();
        pipe.sink().close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoIsSetNotToWaitDoesNot(ThreadKind kind) throws Exception {
        Pipe pipe = Pipe.open();
        TestThread.start(kind.builder(), () -> doesNotWait(pipe)).finish();
        close(pipe.source(), pipe.sink());
    }

    private static void doesNotWait(Pipe pipe) throws IOException {
        pipe.source().configureBlocking(false);
        pipe.sink().configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.allocate(10_000);
        assertEquals(0, pipe.source().read(buffer));
        long written = 0;
        long count;
        do {
            count = pipe.sink().write(buffer.clear());
            written += count;
        } while (count > 0);
        assertTrue(written >= 4096, () -> "a pipe holds little");
        long read = 0;
        do {
            count = pipe.source().read(new ByteBuffer[] {buffer.clear()});
            read += count;
        } while (count > 0);
        assertEquals(written, read);
    }

    private static void close(Channel... channels) throws IOException {
        for (Channel channel : channels) {
            channel.close();
        }
    }
}
