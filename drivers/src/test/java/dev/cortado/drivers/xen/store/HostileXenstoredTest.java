package dev.cortado.drivers.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.HostPort;
import dev.cortado.drivers.xen.ring.RingReader;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A xenstored that does what it must not. */
@Timeout(60)
final class HostileXenstoredTest {
    private static final int REQUESTS_CONSUMER = 2048;
    private static final int REPLIES_PRODUCER = 2060;

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeDomain domain = xenstored.add(7);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final XenStore store = connect(Duration.ofSeconds(20));

    private XenStore connect(Duration timeout) {
        return XenStore.connect(domain.page, domain.guestPort, timeout, log::add);
    }

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    private void answer(MessageType type, byte[] payload) {
        xenstored.instead = (d, m) -> new WireMessage(type, m.requestId(), 0, payload);
    }

    private void scribble(int offset, int value) {
        domain.page.memory().writeIntRelease(domain.page.address() + offset, value);
        domain.port.send();
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, -1, 77 - 1, Integer.MIN_VALUE})
    void aReplyIndexThatCannotBeEndsTheConnection(int index) {
        scribble(REPLIES_PRODUCER, index);
        StoreException lost = assertThrows(StoreException.class, () -> store.read("a"));
        assertEquals("EIO", lost.error());
        assertTrue(lost.getMessage().contains("the writer's index"), lost.getMessage());
        assertEquals(1, log.size(), "told once: " + log);
        assertTrue(log.get(0).startsWith("xenstore: connection lost: "), log.get(0));
        assertThrows(StoreException.class, () -> store.write("a", "b"), "and for ever");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -101, 100_000})
    void aRequestIndexThatCannotBeEndsTheConnection(int index) {
        scribble(REQUESTS_CONSUMER, index);
        StoreException lost = assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(lost.getMessage().contains("the reader's index"), lost.getMessage());
    }

    @Test
    void requestsOnTheirWayEndWithTheConnection() throws Exception {
        xenstored.instead = (d, m) -> FakeXenstored.SILENCE;
        Thread breaker =
                new Thread(() -> {
                    while (domain.guestPort.sent() == 0) {
                        Thread.yield();
                    }
                    scribble(REPLIES_PRODUCER, 100_000);
                });
        breaker.start();
        long begin = System.nanoTime();
        assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(System.nanoTime() - begin < 10_000_000_000L, "it waited for the deadline");
        breaker.join();
    }

    @Test
    void aMessageThatIsTooLongEndsTheConnection() {
        byte[] header = new byte[16];
        header[13] = 0x20;
        synchronized (xenstored) {
            domain.sendRaw(header);
            xenstored.flush(domain);
        }
        StoreException lost = assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(lost.getMessage().contains("8192 bytes"), lost.getMessage());
    }

    @Test
    void theServersOwnErrorIsTold() {
        scribble(2064, 2);
        scribble(2072, 3);
        StoreException lost = assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(lost.getMessage().contains("too long"), lost.getMessage());
    }

    @Test
    void noReplyIsATimeout() throws IOException {
        xenstored.instead = (d, m) -> FakeXenstored.SILENCE;
        XenStore impatient = connect(Duration.ofMillis(50));
        StoreTimeoutException timeout =
                assertThrows(StoreTimeoutException.class, () -> impatient.write("a/b", "c"));
        assertEquals(
                "xenstore: WRITE a/b: ETIMEDOUT (no reply from xenstored)", timeout.getMessage());
    }

    @Test
    void aLateReplyIsNobodys() throws Exception {
        XenStore impatient = connect(Duration.ofMillis(200));
        store.close();
        xenstored.instead = (d, m) -> FakeXenstored.SILENCE;
        assertThrows(StoreTimeoutException.class, () -> impatient.read("a"));
        xenstored.instead = (d, m) -> null;
        synchronized (xenstored) {
            domain.send(new WireMessage(MessageType.READ, 1, 0, new byte[] {65}));
            domain.send(new WireMessage(MessageType.READ, 12345, 0, new byte[] {65}));
            domain.send(new WireMessage(MessageType.RESTRICT, 2, 0, new byte[0]));
        }
        assertThrows(StoreException.class, () -> impatient.read("a"));
        impatient.write("a", "b");
        assertEquals("b", impatient.readText("a"));
    }

    @Test
    void xenstoredThatReadsNothingIsATimeoutAndTheNextRequestsArrive() throws Exception {
        HostPort[] ends = HostPort.pair();
        StorePage page = new StorePage(new HostMemory(4096), 0x1000);
        try (XenStore impatient =
                XenStore.connect(page, ends[0], Duration.ofMillis(50), log::add)) {
            for (int i = 0; i < 5; i++) {
                assertThrows(
                        StoreTimeoutException.class, () -> impatient.write("a", new byte[2000]));
            }
            assertEquals(1024, page.memory().readIntAcquire(page.address() + 2052));
            MessageAssembler requests = new MessageAssembler(new RingReader(page.requests()));
            assertNull(requests.next());
            ends[1].send();
            WireMessage first = null;
            while (first == null) {
                first = requests.next();
                ends[1].send();
            }
            assertEquals(MessageType.WRITE, first.type());
            assertEquals(2002, first.payload().length);
            assertNull(requests.next(), "those whose callers have gone were not sent");
        }
    }

    @Test
    void anInterruptEndsTheWait() {
        xenstored.instead = (d, m) -> FakeXenstored.SILENCE;
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> store.read("a"));
        assertTrue(Thread.interrupted());
    }

    @Test
    void errorsWithoutANameAreStillErrors() {
        for (String text : new String[] {"", "\0", "ENOENT", "enoent\0", "E\33[31m\0", "E\0E\0"}) {
            answer(MessageType.ERROR, text.getBytes(StandardCharsets.ISO_8859_1));
            StoreException e = assertThrows(StoreException.class, () -> store.read("a"));
            assertEquals("EIO", e.error(), text);
        }
        answer(MessageType.ERROR, new byte[4096]);
        assertThrows(StoreException.class, () -> store.read("a"));
    }

    @Test
    void aReplyToSomethingElse() {
        answer(MessageType.WRITE, StorePath.payload("OK"));
        StoreException e = assertThrows(StoreException.class, () -> store.read("a"));
        assertTrue(e.getMessage().contains("the reply is to something else: WRITE"));
    }

    @Test
    void shortAndWrongValues() {
        answer(MessageType.DIRECTORY, new byte[] {65, 66});
        assertThrows(StoreException.class, () -> store.directory("a"));
        answer(MessageType.DIRECTORY, new byte[] {'a', '/', 'b', 0});
        assertThrows(StoreException.class, () -> store.directory("a"));
        answer(MessageType.DIRECTORY, new byte[] {0});
        assertThrows(StoreException.class, () -> store.directory("a"));
        answer(MessageType.GET_PERMS, new byte[] {65, 66});
        assertThrows(StoreException.class, () -> store.permissions("a"));
        answer(MessageType.GET_PERMS, new byte[] {'x', '0', 0});
        assertThrows(StoreException.class, () -> store.permissions("a"));
        for (String id : List.of("", "x", "-1", "0", "4294967296", "99999999999")) {
            answer(MessageType.TRANSACTION_START, StorePath.payload(id));
            StoreException e =
                    assertThrows(StoreException.class, () -> store.inTransaction(t -> null));
            assertEquals("EIO", e.error(), id);
        }
        assertEquals(List.of(), log);
    }

    @Test
    void aListThatNeverEndsOrNeverStaysTheSame() {
        byte[] name = new byte[4000];
        Arrays.fill(name, 2, 3999, (byte) 'a');
        name[0] = '1';
        xenstored.instead =
                (d, m) ->
                        m.type() == MessageType.DIRECTORY
                                ? new WireMessage(
                                        MessageType.ERROR,
                                        m.requestId(),
                                        0,
                                        StorePath.payload("E2BIG"))
                                : new WireMessage(
                                        MessageType.DIRECTORY_PART, m.requestId(), 0, name);
        StoreException endless = assertThrows(StoreException.class, () -> store.directory("a"));
        assertEquals("EIO", endless.error());
        byte[] generation = {0};
        xenstored.instead =
                (d, m) -> {
                    byte[] changing = name.clone();
                    changing[0] = (byte) ('1' + generation[0]++ % 7);
                    return m.type() == MessageType.DIRECTORY
                            ? new WireMessage(
                                    MessageType.ERROR, m.requestId(), 0, StorePath.payload("E2BIG"))
                            : new WireMessage(
                                    MessageType.DIRECTORY_PART, m.requestId(), 0, changing);
                };
        StoreException restless = assertThrows(StoreException.class, () -> store.directory("a"));
        assertEquals("EAGAIN", restless.error());
        for (byte[] part : new byte[][] {{}, {'1'}, {'1', 0}, {'1', 0, 'a'}}) {
            xenstored.instead =
                    (d, m) ->
                            m.type() == MessageType.DIRECTORY
                                    ? new WireMessage(
                                            MessageType.ERROR,
                                            m.requestId(),
                                            0,
                                            StorePath.payload("E2BIG"))
                                    : new WireMessage(
                                            MessageType.DIRECTORY_PART, m.requestId(), 0, part);
            assertThrows(StoreException.class, () -> store.directory("a"));
        }
    }
}
