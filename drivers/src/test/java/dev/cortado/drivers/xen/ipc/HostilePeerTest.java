package dev.cortado.drivers.xen.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.connection.ConnectionHeader;
import dev.cortado.drivers.xen.connection.FakeXen;
import dev.cortado.drivers.xen.connection.Hypervisor;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.EndpointClosedException;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another domain that does what it must not. */
@Timeout(60)
final class HostilePeerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SERVER = 3;
    private static final int CLIENT = 5;
    private static final int OTHER = 6;
    private static final String CLIENTS = "/local/domain/3/data/cortado/services/echo/clients/";

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeXen xen = new FakeXen();
    private final XenStore serverStore = xenstored.connect(SERVER);
    private final XenStore clientStore = xenstored.connect(CLIENT);
    private final Domains server = new Domains(xen.domain(SERVER), serverStore);
    private final Domains client = new Domains(xen.domain(CLIENT), clientStore);
    private final Hypervisor clients = xen.domain(CLIENT);
    private DomainListener listener;

    @BeforeEach
    void open() throws IOException {
        xenstored.write("/local/domain/3/domid", "3");
        xenstored.write("/local/domain/5/domid", "5");
        client.self();
        listener = server.listen("echo", CLIENT, OTHER);
    }

    @AfterEach
    void close() {
        serverStore.close();
        clientStore.close();
        xenstored.close();
    }

    private void awaitRefusal(String name) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (clientStore.directory(CLIENTS.substring(0, CLIENTS.length() - 1)).contains(name)) {
            assertTrue(System.nanoTime() < deadline, "it is not refused");
            Thread.sleep(1);
        }
        assertEquals(0, xen.mappedPages, "what was mapped is given back");
    }

    @Test
    void offersThatAreNone() throws Exception {
        int i = 0;
        for (String offer :
                new String[] {
                    "", "1", "x y", "1 2 3", " 1", "-1 5", "99999999999 1", "0 1", "7 7"
                }) {
            clientStore.write(CLIENTS + ++i, offer);
            awaitRefusal("" + i);
        }
        clientStore.write(CLIENTS + "bytes", new byte[] {0, 1, (byte) 0xff});
        awaitRefusal("bytes");
        assertNotNull(client.connect(SERVER, "echo", SOON), "others are served");
    }

    /** A first page with wrong numbers in it. */
    @Test
    void pagesThatMakeNoSense() throws Exception {
        Hypervisor.SharedPage page = clients.share(SERVER);
        PeerPort port = clients.offerPort(SERVER);
        ConnectionHeader header = new ConnectionHeader(clients.memory(), page.address());
        int[] capacities = {0, -1, 1000, 1 << 30, 512, 1 << 18, Integer.MIN_VALUE};
        for (int i = 0; i < capacities.length; i++) {
            header.initialize(ConnectionHeader.KIND_CHANNELS, capacities[i], new int[0]);
            clientStore.write(CLIENTS + "c" + i, page.reference() + " " + port.number());
            awaitRefusal("c" + i);
        }
        header.initialize(ConnectionHeader.KIND_CALLS, 4096, new int[0]);
        clientStore.write(CLIENTS + "kind", page.reference() + " " + port.number());
        awaitRefusal("kind");
        int[] references = new int[4];
        references[3] = 12345;
        header.initialize(ConnectionHeader.KIND_CHANNELS, 4096, references);
        clientStore.write(CLIENTS + "references", page.reference() + " " + port.number());
        awaitRefusal("references");
        Arrays.fill(references, page.reference());
        header.initialize(ConnectionHeader.KIND_CHANNELS, 4096, references);
        clientStore.write(CLIENTS + "port", page.reference() + " 54321");
        awaitRefusal("port");
        clients.memory().writeLong(page.address(), 0);
        clientStore.write(CLIENTS + "magic", page.reference() + " " + port.number());
        awaitRefusal("magic");
    }

    @Test
    void tooManyConnections() throws Exception {
        List<DomainChannel> open = new ArrayList<>();
        IOException refused =
                assertThrows(
                        IOException.class,
                        () -> {
                            for (int i = 0; i < 30; i++) {
                                open.add(client.connect(SERVER, "echo", 1024, SOON));
                            }
                        });
        assertTrue(refused.getMessage().contains("refuses"), refused.getMessage());
        assertEquals(4, open.size());
        // Others are not kept out by that.
        xenstored.write("/local/domain/6/domid", "6");
        try (XenStore otherStore = xenstored.connect(OTHER)) {
            Domains other = new Domains(xen.domain(OTHER), otherStore);
            assertNotNull(other.connect(SERVER, "echo", 1024, SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 128, 136, 256, 264, 4096})
    void pagesThatAreScribbledOver(long offset) throws Exception {
        DomainChannel there = client.connect(SERVER, "echo", 1024, SOON);
        DomainChannel here = listener.accept(SOON);
        there.sender().send(new byte[100]);
        here.sender().send(new byte[100]);
        Random random = new Random(offset);
        // The pages of the only connection: whoever wrote them, both sides may find them changed.
        long page = HostMemory.BASE + 4096;
        for (int i = 0; i < 200; i++) {
            xen.memory.writeLong(page + (offset & ~7), random.nextLong());
            xen.memory.writeLong(page + 4096 + (offset & 4095 & ~7), random.nextLong());
            assertNothingBut(() -> here.receiver().poll());
            assertNothingBut(() -> here.sender().offer(new byte[10]));
            assertNothingBut(() -> there.receiver().poll());
            assertNothingBut(() -> there.sender().offer(new byte[10]));
        }
        here.close();
        there.close();
        assertEquals(0, xen.mappedPages);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void assertNothingBut(Work work) throws Exception {
        try {
            work.run();
        } catch (EndpointClosedException e) {
            assertNotNull(e.getMessage());
        }
    }

    @Test
    void aServiceThatIsThereButDoesNotAnswer() {
        xenstored.write("/local/domain/3/data/cortado/services/dead/clients", "");
        assertThrows(
                TimeoutException.class,
                () -> client.connect(SERVER, "dead", Duration.ofMillis(100)));
        assertNull(
                xenstored.read("/local/domain/3/data/cortado/services/dead/clients/5-1"),
                "the offer is taken back");
        assertEquals(0, xen.sharedPages);
        assertEquals(0, xen.openPorts);
    }

    @Test
    void aPageThatIsKeptIsNotUsedAgain() throws Exception {
        DomainChannel there = client.connect(SERVER, "echo", 1024, SOON);
        DomainChannel here = listener.accept(SOON);
        int shared = xen.sharedPages;
        there.close();
        assertEquals(shared, xen.sharedPages, "the service has them mapped");
        here.close();
        client.connect(SERVER, "echo", 1024, SOON);
        assertEquals(shared, xen.sharedPages, "the first ones are back");
    }
}
