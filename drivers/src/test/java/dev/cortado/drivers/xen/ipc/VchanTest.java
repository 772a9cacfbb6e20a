package dev.cortado.drivers.xen.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.xen.connection.FakeXen;
import dev.cortado.drivers.xen.connection.Hypervisor;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.ring.RingPlace;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.drivers.xen.vchan.Vchan;
import dev.cortado.drivers.xen.vchan.VchanHeader;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As public/io/libxenvchan.h has it. */
@Timeout(60)
final class VchanTest {
    private static final String PATH = "/local/domain/3/data/vchan/1";

    private final FakeXenstored xenstored = new FakeXenstored();
    private final FakeXen xen = new FakeXen();
    private final XenStore serverStore = xenstored.connect(3);
    private final XenStore clientStore = xenstored.connect(5);
    private final Domains server = new Domains(xen.domain(3), serverStore);
    private final Domains client = new Domains(xen.domain(5), clientStore);

    @BeforeEach
    void number() {
        xenstored.write("/local/domain/3/domid", "3");
        xenstored.write("/local/domain/5/domid", "5");
    }

    @AfterEach
    void close() {
        serverStore.close();
        clientStore.close();
        xenstored.close();
    }

    private static String hex(HostMemory memory, long offset, int length) {
        byte[] bytes = new byte[length];
        memory.copyOut(HostMemory.BASE + offset, bytes, 0, length);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void bytesOfTheHeader() {
        HostMemory memory = new HostMemory(4096);
        VchanHeader header = new VchanHeader(memory, HostMemory.BASE);
        header.initialize(10, 12, new int[] {0x11223344});
        assertEquals(
                "00000000000000000000000000000000" + "0a000c00" + "02010101" + "44332211",
                hex(memory, 0, 28));
        header.setLive(false, VchanHeader.LIVE);
        header.request(false, VchanHeader.NOTIFY_READ);
        assertEquals("01010103", hex(memory, 20, 4), "the client asks in srv_notify");
        assertTrue(header.mustNotify(true, VchanHeader.NOTIFY_READ));
        assertFalse(header.mustNotify(true, VchanHeader.NOTIFY_READ), "once");
        header.request(true, VchanHeader.NOTIFY_READ);
        assertEquals("01010301", hex(memory, 20, 4), "the server asks in cli_notify");
        header.setLive(true, VchanHeader.GONE);
        assertEquals("01000301", hex(memory, 20, 4));
    }

    @Test
    void placesOfTheRings() {
        HostMemory memory = new HostMemory(4096);
        RingPlace small = VchanHeader.ring(memory, true, 10, 0);
        assertEquals(1024, small.data());
        assertEquals(1024, small.size());
        assertEquals(0, small.consumer());
        assertEquals(4, small.producer());
        RingPlace large = VchanHeader.ring(memory, false, 11, 0);
        assertEquals(2048, large.data());
        assertEquals(2048, large.size());
        assertEquals(8, large.consumer());
        assertEquals(12, large.producer());
        assertEquals(4096 * 5, VchanHeader.ring(memory, false, 12, 4).data());
        assertTrue(VchanHeader.areOrders(10, 11));
        assertTrue(VchanHeader.areOrders(13, 13));
        for (int[] wrong :
                new int[][] {{10, 10}, {11, 11}, {9, 12}, {12, 18}, {0, 0}, {65535, 12}}) {
            assertFalse(VchanHeader.areOrders(wrong[0], wrong[1]));
        }
    }

    @Test
    void streamsGoBothWays() throws Exception {
        Vchan here = server.serveVchan(5, "data/vchan/1");
        assertFalse(here.isConnected());
        Vchan there = client.connectVchan(3, PATH);
        assertTrue(here.isConnected());
        byte[] sent = new byte[500_000];
        new Random(1).nextBytes(sent);
        CompletableFuture<byte[]> echo = later(() -> copy(here, sent.length));
        CompletableFuture<byte[]> back = later(() -> receive(there, sent.length));
        Random random = new Random(2);
        int done = 0;
        while (done < sent.length) {
            int count = Math.min(random.nextInt(40_000), sent.length - done);
            there.write(sent, done, count);
            done += count;
        }
        assertArrayEquals(sent, echo.get(20, TimeUnit.SECONDS));
        assertArrayEquals(sent, back.get(20, TimeUnit.SECONDS));
        there.close();
        assertEquals(-1, here.read(new byte[1], 0, 1));
        assertThrows(IOException.class, () -> here.write(new byte[1], 0, 1));
        here.close();
        assertEquals(0, xen.mappedPages);
        assertEquals(0, xen.sharedPages);
        assertEquals(0, xen.openPorts);
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static byte[] copy(Vchan vchan, int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        try {
            while (done < length) {
                int count = vchan.read(bytes, done, length - done);
                vchan.write(bytes, done, count);
                done += count;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes;
    }

    private static byte[] receive(Vchan vchan, int length) {
        byte[] bytes = new byte[length];
        int done = 0;
        try {
            while (done < length) {
                done += vchan.read(bytes, done, length - done);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes;
    }

    /** A server as C code would write it, with rings in its page. */
    @Test
    void aServerWithSmallRings() throws Exception {
        Hypervisor servers = xen.domain(3);
        Hypervisor.SharedPage page = servers.share(5);
        PeerPort port = servers.offerPort(5);
        VchanHeader header = new VchanHeader(servers.memory(), page.address());
        header.initialize(10, 11, new int[0]);
        byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
        servers.memory().copyIn(hello, 0, page.address() + 2048, hello.length);
        servers.memory().writeIntRelease(page.address() + 12, hello.length);
        xenstored.write(PATH + "/ring-ref", "" + page.reference());
        xenstored.write(PATH + "/event-channel", "" + port.number());
        Vchan there = client.connectVchan(3, PATH);
        byte[] bytes = new byte[10];
        assertEquals(5, there.read(bytes, 0, 10));
        there.write(hello, 0, 5);
        assertEquals(5, servers.memory().readIntAcquire(page.address() + 4));
        assertEquals('h', servers.memory().readByte(page.address() + 1024));
        assertEquals(5, servers.memory().readIntAcquire(page.address() + 8));
        servers.memory().writeIntRelease(page.address() + 12, 5000);
        IOException broken = assertThrows(IOException.class, () -> there.read(bytes, 0, 10));
        assertTrue(broken.getMessage().contains("broken"), broken.getMessage());
        there.close();
        assertEquals(0, header.live(false));
    }

    @Test
    void whatIsNoVchan() throws Exception {
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH));
        xenstored.write(PATH + "/ring-ref", "x");
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH));
        xenstored.write(PATH + "/ring-ref", "77");
        xenstored.write(PATH + "/event-channel", "1");
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH));
        Hypervisor servers = xen.domain(3);
        Hypervisor.SharedPage page = servers.share(5);
        xenstored.write(PATH + "/ring-ref", "" + page.reference());
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH), "orders of 0");
        new VchanHeader(servers.memory(), page.address())
                .initialize(12, 12, new int[] {page.reference(), 4711});
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH), "a wrong page");
        new VchanHeader(servers.memory(), page.address()).initialize(10, 11, new int[0]);
        assertThrows(IOException.class, () -> client.connectVchan(3, PATH), "a wrong port");
        assertEquals(0, xen.mappedPages);
    }

    @Test
    void whoWaitsHearsOfTheEnd() throws Exception {
        Vchan here = server.serveVchan(5, "data/vchan/1");
        Vchan there = client.connectVchan(3, PATH);
        CompletableFuture<Integer> end =
                later(() -> {
                    try {
                        return there.read(new byte[1], 0, 1);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
        Thread.sleep(20);
        here.close();
        assertEquals(-1, end.get(20, TimeUnit.SECONDS));
        there.close();
        there.close();
        assertThrows(IOException.class, () -> there.read(new byte[1], 0, 1));
    }

    @Test
    void aSuspensionEndsIt() throws Exception {
        Vchan here = server.serveVchan(5, "data/vchan/1");
        Vchan there = client.connectVchan(3, PATH);
        client.suspend();
        assertEquals(0, xen.mappedPages);
        assertThrows(IOException.class, () -> there.write(new byte[1], 0, 1));
        assertEquals(-1, here.read(new byte[1], 0, 1));
        server.suspend();
        assertEquals(0, xen.openPorts);
    }
}
