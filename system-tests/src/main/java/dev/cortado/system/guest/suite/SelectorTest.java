package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Selector}s, with pipes to select. */
final class SelectorTest {
    private static final long FOR_LONG = Deadline.MILLISECONDS;

    private Selector selector;
    private Pipe pipe;
    private SelectionKey key;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        key = pipe.source().register(selector, SelectionKey.OP_READ, "attached");
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        pipe.source().close();
        pipe.sink().close();
    }

    private static Thread.Builder builder(boolean isVirtual) {
        return isVirtual ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    }

    private void write(int count) throws IOException {
        pipe.sink().write(ByteBuffer.allocate(count));
    }

    private int read(int count) throws IOException {
        return pipe.source().read(ByteBuffer.allocate(count));
    }

    @Test
    void nothingIsReady() throws IOException {
        assertEquals(0, selector.selectNow());
        assertEquals(0, selector.select(1));
        assertEquals(Set.of(key), selector.keys());
        assertEquals(Set.of(), selector.selectedKeys());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSelectsIsWokenByBytes(boolean isVirtual) throws Exception {
        TestThread thread =
                TestThread.start(
                        builder(isVirtual),
                        () -> {
                            assertEquals(1, selector.select(FOR_LONG));
                            assertEquals(Set.of(key), selector.selectedKeys());
                            assertTrue(key.isReadable());
                            assertEquals("attached", key.attachment());
                        });
        write(1);
        thread.finish();
    }

    @Test
    void aKeyIsSelectedAgainAsLongAsThereIsSomething() throws IOException {
        write(2);
        for (int i = 0; i < 2; i++) {
            assertEquals(1, selector.select(FOR_LONG));
            selector.selectedKeys().clear();
            assertEquals(1, read(1));
        }
        assertEquals(0, selector.selectNow());
    }

    @Test
    void aKeyThatStaysSelectedIsNotCountedAgain() throws IOException {
        write(1);
        assertEquals(1, selector.select(FOR_LONG));
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(key), selector.selectedKeys());
    }

    @Test
    void interestDecides() throws IOException {
        write(1);
        key.interestOps(0);
        assertEquals(0, selector.selectNow());
        key.interestOps(SelectionKey.OP_READ);
        assertEquals(1, selector.selectNow());
    }

    @Test
    void theEndIsReadable() throws IOException {
        pipe.sink().close();
        assertEquals(1, selector.select(FOR_LONG));
        assertTrue(key.isReadable());
        assertEquals(-1, read(1));
    }

    @Test
    void aSinkIsWritableAsLongAsThereIsRoom() throws IOException {
        pipe.sink().configureBlocking(false);
        SelectionKey sink = pipe.sink().register(selector, SelectionKey.OP_WRITE);
        key.interestOps(0);
        assertEquals(1, selector.select(FOR_LONG));
        assertTrue(sink.isWritable());
        selector.selectedKeys().clear();
        while (pipe.sink().write(ByteBuffer.allocate(10_000)) > 0) {
            // until it is full
        }
        assertEquals(0, selector.selectNow());
        while (read(10_000) > 0) {
            // until it is empty
        }
        assertEquals(1, selector.select(FOR_LONG));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSelectsIsWoken(boolean isVirtual) throws Exception {
        TestThread thread =
                TestThread.start(
                        builder(isVirtual), () -> assertEquals(0, selector.select(FOR_LONG)));
        selector.wakeup();
        thread.finish();
        selector.wakeup();
        assertEquals(0, selector.select(FOR_LONG));
    }

    /**
     * Who is interrupted just before it selects may be woken twice, by itself and by who interrupts
     * it, and so on HotSpot: the next selection takes the second wake-up, and none is left then.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoSelectsIsInterrupted(boolean isVirtual) throws Exception {
        CountDownLatch wasInterrupted = new CountDownLatch(1);
        TestThread thread =
                TestThread.start(
                        builder(isVirtual),
                        () -> {
                            assertEquals(0, selector.select(FOR_LONG));
                            assertTrue(Thread.interrupted());
                            wasInterrupted.await();
                            assertEquals(0, selector.selectNow());
                            long start = System.nanoTime();
                            assertEquals(0, selector.select(50));
                            assertTrue(System.nanoTime() - start >= 40_000_000, "an old wake-up");
                        });
        for (int i = 0; i < 100; i++) {
            Thread.yield(); // until it selects: on HotSpot it is runnable then
        }
        thread.thread().interrupt();
        wasInterrupted.countDown();
        thread.finish();
        assertTrue(selector.isOpen());
    }

    @Test
    void closingWakesWhoSelects() throws Exception {
        TestThread thread =
                TestThread.start(() -> {
                    try {
                        selector.select(FOR_LONG);
                    } catch (ClosedSelectorException e) {
                        // It came after the end.
                    }
                    assertFalse(selector.isOpen());
                });
        selector.close();
        thread.finish();
        assertFalse(key.isValid());
        assertThrows(ClosedSelectorException.class, selector::selectNow);
    }

    /** A channel outlives many selectors, as that of a socket's timeouts does. */
    @Test
    void aClosedSelectorIsForgotten() throws IOException {
        WeakReference<Selector> closed = closed();
        Deadline.until(
                "forgotten",
                () -> {
                    System.gc();
                    return closed.refersTo(null);
                });
        for (int i = 0; i < 10_000; i++) {
            closed();
        }
        write(1);
        assertEquals(1, selector.select(FOR_LONG));
    }

    /** A selector that was closed with a key of its own on the pipe. */
    private WeakReference<Selector> closed() throws IOException {
        try (Selector other = Selector.open()) {
            pipe.source().register(other, SelectionKey.OP_READ);
            assertEquals(0, other.selectNow());
            return new WeakReference<>(other);
        }
    }

    @Test
    void aClosedChannelIsDeselected() throws IOException {
        pipe.source().close();
        assertFalse(key.isValid());
        assertEquals(0, selector.selectNow());
        assertEquals(Set.of(), selector.keys());
    }

    @Test
    void aCancelledKeyIsFree() throws IOException {
        write(1);
        key.cancel();
        assertEquals(0, selector.selectNow());
        SelectionKey again = pipe.source().register(selector, SelectionKey.OP_READ);
        assertEquals(1, selector.select(FOR_LONG));
        assertTrue(again.isReadable());
    }

    @Test
    void theReadyOnesOfManyAreFound() throws IOException {
        int many = 100;
        Pipe[] pipes = new Pipe[many];
        for (int i = 0; i < many; i++) {
            pipes[i] = Pipe.open();
            pipes[i].source().configureBlocking(false);
            pipes[i].source().register(selector, SelectionKey.OP_READ, i);
        }
        Random random = new Random(6);
        Set<Object> expected = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            int one = random.nextInt(many);
            pipes[one].sink().write(ByteBuffer.allocate(1));
            expected.add(one);
        }
        Set<Object> found = new HashSet<>();
        assertEquals(
                expected.size(), selector.select(each -> found.add(each.attachment()), FOR_LONG));
        assertEquals(expected, found);
        for (Pipe each : pipes) {
            each.source().close();
            each.sink().close();
        }
    }
}
