package dev.cortado.drivers.xen.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.connection.FakeXen;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.EndpointClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two domains that are threads of the host. */
@Timeout(60)
final class DomainsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NOT_LONG = Duration.ofMillis(50);
    private static final int SERVER = 3;
    private static final int CLIENT = 5;
    private static final int NEXT = 6;

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeXen xen = new FakeXen();
    private final XenStore serverStore = xenstored.connect(SERVER);
    private final XenStore clientStore = xenstored.connect(CLIENT);
    private final Domains server = new Domains(xen.domain(SERVER), serverStore);
    private final Domains client = new Domains(xen.domain(CLIENT), clientStore);
    private DomainListener listener;

    @BeforeEach
    void open() throws IOException {
        xenstored.write("/local/domain/3/domid", "3");
        xenstored.write("/local/domain/5/domid", "5");
        listener = server.listen("echo", CLIENT, NEXT);
    }

    @AfterEach
    void close() {
        serverStore.close();
        clientStore.close();
        xenstored.close();
    }

    private DomainChannel connect() throws Exception {
        return client.connect(SERVER, "echo", 4096, SOON);
    }

    private DomainChannel accept() throws Exception {
        DomainChannel channel = listener.accept(SOON);
        assertEquals(CLIENT, channel.peer());
        return channel;
    }

    @Test
    void messagesGoBothWays() throws Exception {
        try (DomainChannel there = connect();
                DomainChannel here = accept()) {
            Random random = new Random(1);
            for (int i = 0; i < 2000; i++) {
                byte[] message = new byte[random.nextInt(2041)];
                random.nextBytes(message);
                there.sender().send(message);
                assertArrayEquals(message, here.receiver().receive(SOON));
                here.sender().send(message);
                assertArrayEquals(message, there.receiver().receive(SOON));
            }
            assertThrows(IllegalArgumentException.class, () -> there.sender().send(new byte[2041]));
        }
    }

    /** Nobody tells of the client again. */
    @Test
    void aClientForWhomThereWasNoMemoryIsLookedAtAgain() throws Exception {
        xen.lacksMemory = true;
        try (DomainChannel there = connect();
                DomainChannel here = accept()) {
            there.sender().send(new byte[] {1});
            assertArrayEquals(new byte[] {1}, here.receiver().receive(SOON));
        }
        assertEquals(0, xen.mappedPages);
    }

    @Test
    void whatIsClosedIsGivenBack() throws Exception {
        for (int i = 0; i < 10; i++) {
            try (DomainChannel there = connect();
                    DomainChannel here = accept()) {
                there.sender().send(new byte[] {1});
                here.receiver().receive();
            }
        }
        assertEquals(0, xen.mappedPages);
        assertEquals(0, xen.openPorts);
        connect().close();
        DomainChannel last = accept();
        last.close();
        assertTrue(xen.sharedPages <= 2 * 5, "only the last ones may be left: " + xen.sharedPages);
    }

    @Test
    void aStreamOfMessages() throws Exception {
        int count = 200_000;
        DomainChannel there = connect();
        DomainChannel here = accept();
        CompletableFuture<Throwable> sent =
                failure(() -> {
                    byte[] message = new byte[8];
                    for (int i = 0; i < count; i++) {
                        message[i & 7] = (byte) i;
                        there.sender().send(message);
                    }
                });
        byte[] expected = new byte[8];
        byte[] message = new byte[8];
        for (int i = 0; i < count; i++) {
            expected[i & 7] = (byte) i;
            assertEquals(8, here.receiver().receive(message));
            assertArrayEquals(expected, message);
        }
        assertNull(sent.get(20, TimeUnit.SECONDS));
    }

    @Test
    void whoWaitsHearsThatTheOtherSideCloses() throws Exception {
        DomainChannel there = connect();
        DomainChannel here = accept();
        there.sender().send(new byte[] {7});
        there.close();
        assertArrayEquals(new byte[] {7}, here.receiver().receive(), "what came before is there");
        assertThrows(EndpointClosedException.class, () -> here.receiver().receive());
        assertThrows(EndpointClosedException.class, () -> here.sender().send(new byte[1]));
    }

    @Test
    void whoWaitsHearsThatTheOtherDomainIsDestroyed() throws Exception {
        DomainChannel there = connect();
        DomainChannel here = accept();
        CompletableFuture<Throwable> receiver = failure(() -> there.receiver().receive());
        CompletableFuture<Throwable> sender =
                failure(() -> {
                    while (true) {
                        there.sender().send(new byte[100]);
                    }
                });
        long begin = System.nanoTime();
        xenstored.destroy(SERVER);
        assertTrue(receiver.get(20, TimeUnit.SECONDS) instanceof EndpointClosedException);
        assertTrue(sender.get(20, TimeUnit.SECONDS) instanceof EndpointClosedException);
        assertTrue(System.nanoTime() - begin < 1_000_000_000L, "more than a second");
        there.close();
        assertNotNull(here);
        assertThrows(TimeoutException.class, () -> client.connect(SERVER, "echo", NOT_LONG));
    }

    @Test
    void theServiceHearsThatAClientIsDestroyedAndTakesTheNext() throws Exception {
        connect();
        DomainChannel here = accept();
        CompletableFuture<Throwable> receiver = failure(() -> here.receiver().receive());
        xenstored.destroy(CLIENT);
        assertTrue(receiver.get(20, TimeUnit.SECONDS) instanceof EndpointClosedException);
        here.close();
        assertEquals(0, xen.mappedPages);

        XenStore store = xenstored.connect(6);
        xenstored.write("/local/domain/6/domid", "6");
        Domains next = new Domains(xen.domain(NEXT), store);
        try (DomainChannel there = next.connect(SERVER, "echo", SOON)) {
            there.sender().send(new byte[] {1, 2});
            DomainChannel nextHere = listener.accept(SOON);
            assertEquals(6, nextHere.peer());
            assertArrayEquals(new byte[] {1, 2}, nextHere.receiver().receive());
        }
        store.close();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Throwable> failure(Work work) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> {
                    try {
                        work.run();
                        failure.complete(null);
                    } catch (Throwable e) {
                        failure.complete(e);
                    }
                });
        thread.setDaemon(true);
        thread.start();
        return failure;
    }

    @Test
    void aServiceIsWaitedFor() throws Exception {
        CompletableFuture<DomainChannel> later = new CompletableFuture<>();
        Thread connector =
                new Thread(() -> {
                    try {
                        later.complete(client.connect(SERVER, "late", SOON));
                    } catch (Exception e) {
                        later.completeExceptionally(e);
                    }
                });
        connector.start();
        Thread.sleep(20);
        DomainListener late = server.listen("late", Domains.ALL);
        later.get(20, TimeUnit.SECONDS);
        assertNotNull(late.accept(SOON));
        late.close();
        assertThrows(IOException.class, () -> late.accept(SOON));
        assertThrows(TimeoutException.class, () -> client.connect(SERVER, "late", NOT_LONG));
        assertNull(listener.accept(Duration.ofMillis(1)));
    }

    @Test
    void connectionsEndWithASuspensionAndServicesStay() throws Exception {
        DomainChannel there = connect();
        DomainChannel here = accept();
        server.suspend();
        assertEquals(0, xen.mappedPages);
        assertThrows(EndpointClosedException.class, () -> here.receiver().receive());
        assertThrows(EndpointClosedException.class, () -> there.receiver().receive());
        here.close();
        there.close();
        server.resume();
        try (DomainChannel again = connect()) {
            DomainChannel accepted = accept();
            again.sender().send(new byte[] {9});
            assertArrayEquals(new byte[] {9}, accepted.receiver().receive());
        }
    }

    @Test
    void aClientsDomainIsMoved() throws Exception {
        DomainChannel there = connect();
        accept();
        client.suspend();
        client.resume();
        assertThrows(EndpointClosedException.class, () -> there.sender().send(new byte[1]));
        connect();
        assertNotNull(accept());
    }

    @Test
    void aServiceIsForNobodyWhoIsNotNamed() throws Exception {
        try (DomainListener closed = server.listen("closed")) {
            assertThrows(IOException.class, () -> client.connect(SERVER, "closed", NOT_LONG));
            closed.admit(CLIENT + 1);
            assertThrows(IOException.class, () -> client.connect(SERVER, "closed", NOT_LONG));
            closed.admit(CLIENT);
            try (DomainChannel there = client.connect(SERVER, "closed", SOON)) {
                assertEquals(CLIENT, closed.accept(SOON).peer());
            }
        }
    }

    /** A domain that xenstore lets in, as it does dom0 everywhere. */
    @Test
    void whoIsNotNamedIsRefusedByTheServiceItself() throws Exception {
        try (DomainListener closed = server.listen("closed", CLIENT + 1)) {
            String clients = "/local/domain/3/data/cortado/services/closed/clients/";
            xenstored.write(clients + "0-1", "1 1");
            long deadline = System.nanoTime() + SOON.toNanos();
            while (serverStore.directory(clients.substring(0, clients.length() - 1)).size() > 0) {
                assertTrue(System.nanoTime() < deadline, "it is not refused");
                Thread.onSpinWait();
            }
            assertNull(closed.accept(Duration.ofMillis(1)));
        }
    }

    @Test
    void namesAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> server.listen("name", -2));
        for (String wrong : new String[] {"", "a/b", "a b", "..", "x".repeat(65)}) {
            assertThrows(IllegalArgumentException.class, () -> server.listen(wrong));
        }
        assertThrows(
                IllegalArgumentException.class, () -> client.connect(SERVER, "echo", 1000, SOON));
    }
}
