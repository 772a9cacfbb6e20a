package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device on the bus, with threads of its own; backends come, go, and are others. */
@Timeout(120)
final class XenNetTest {
    private static final int MEMORY_BYTES = 8 << 20;
    private static final int BUFFERS = 300;
    private static final String FRONT = "/local/domain/7/device/vif/0/";
    private static final String BACK = "/local/domain/0/backend/vif/7/0/";
    private static final long PATIENCE = 20_000_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final FakeAccess access = new FakeAccess(memory);
    private final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger received = new AtomicInteger();
    private NetworkBuffers pool;
    private long free;
    private XenNet net;
    private XenBus bus;
    private NetworkBackend[] backends;

    private final class Listener implements NetworkListener {
        @Override
        public void received(int queue) {
            NetworkBuffer[] batch = new NetworkBuffer[4];
            try {
                NetworkQueue pair = net.queue(queue);
                for (int n = pair.receive(batch); n > 0; n = pair.receive(batch)) {
                    received.addAndGet(n);
                    for (int i = 0; i < n; i++) {
                        NetworkBuffers.give(batch[i]);
                    }
                }
            } catch (IOException e) {
                // The link goes down.
            }
        }

        @Override
        public void transmitted(int queue) {}

        @Override
        public void linkChanged(boolean up) {
            told.add(up ? "up" : "down");
        }

        @Override
        public void announce() {
            told.add("announce");
        }
    }

    @BeforeEach
    void open() throws IOException {
        pool = new NetworkBuffers(new DeviceFrames(source, "buffers"), BUFFERS, 4096);
        free = source.freeBytes();
        NetworkSettings settings = new NetworkSettings(pool, 2, 32, 0x020000000001L);
        XenNetDriver driver =
                new XenNetDriver(
                        access, source, settings, id -> new Listener(), found -> net = found);
        bus = new XenBus(store, List.of(driver), log::add);
    }

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    private void offer(int queues) {
        xenstored.write(BACK + "feature-rx-copy", "1");
        xenstored.write(BACK + "feature-sg", "1");
        xenstored.write(BACK + "feature-gso-tcpv4", "1");
        xenstored.write(BACK + "feature-gso-tcpv6", "1");
        xenstored.write(BACK + "feature-ipv6-csum-offload", "1");
        xenstored.write(BACK + "multi-queue-max-queues", "" + queues);
        xenstored.write(BACK + "state", "2");
        xenstored.write(FRONT + "mac", "00:16:3e:00:00:01");
        xenstored.write(FRONT + "backend", BACK.substring(0, BACK.length() - 1));
        xenstored.write(FRONT + "backend-id", "0");
        xenstored.write(FRONT + "state", "1");
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what + " " + log + told);
            Thread.sleep(1);
        }
    }

    private void attach(int queues) throws InterruptedException {
        await("connected", () -> "4".equals(xenstored.read(FRONT + "state")));
        await("up", () -> !told.isEmpty() && net.isLinkUp());
        backends = new NetworkBackend[queues];
        for (int i = 0; i < queues; i++) {
            String prefix = FRONT + (queues > 1 ? "queue-" + i + "/" : "");
            backends[i] =
                    new NetworkBackend(
                            access,
                            Integer.parseInt(xenstored.read(prefix + "tx-ring-ref")),
                            Integer.parseInt(xenstored.read(prefix + "rx-ring-ref")),
                            Integer.parseInt(xenstored.read(prefix + "event-channel")));
        }
        xenstored.write(BACK + "state", "4");
    }

    private void start(int queues) throws Exception {
        offer(queues);
        bus.start();
        attach(queues);
    }

    private int send(int queue) throws IOException {
        NetworkBuffer packet = pool.take();
        packet.setData(NetworkBuffer.HEADROOM, 60);
        int sent = net.queue(queue).transmit(new NetworkBuffer[] {packet}, 0, 1);
        if (sent == 0) {
            NetworkBuffers.give(packet);
        }
        return sent;
    }

    private int takeBack() {
        NetworkBuffer[] batch = new NetworkBuffer[8];
        int count = 0;
        for (int queue = 0; queue < 2; queue++) {
            NetworkQueue pair = net.queue(queue);
            for (int n = pair.takeTransmitted(batch); n > 0; n = pair.takeTransmitted(batch)) {
                for (int i = 0; i < n; i++) {
                    NetworkBuffers.give(batch[i]);
                }
                count += n;
            }
        }
        return count;
    }

    @Test
    void oneQueueHasItsKeysAtTheTop() throws Exception {
        xenstored.write(FRONT + "queue-0/tx-ring-ref", "9");
        xenstored.write(FRONT + "queue-7/event-channel", "9");
        start(1);
        assertEquals("1", xenstored.read(FRONT + "request-rx-copy"));
        assertEquals("1", xenstored.read(FRONT + "feature-rx-notify"));
        assertEquals("1", xenstored.read(FRONT + "multi-queue-num-queues"));
        assertNull(xenstored.read(FRONT + "queue-0/tx-ring-ref"), "another driver's");
        assertNull(xenstored.read(FRONT + "queue-7/event-channel"), "another driver's");
        assertEquals("1", xenstored.read(FRONT + "feature-gso-tcpv4"));
        assertEquals(1, net.queues());
        assertEquals(0x00163e000001L, net.macAddress());
        assertEquals(1500, net.mtu());
        int all = Offloads.SEGMENTATION_TCP4 | Offloads.SEGMENTATION_TCP6 | Offloads.CHECKSUM;
        assertEquals(all, net.offloads() & all);
        assertEquals(1, send(0));
        assertEquals(0, send(1), "there is no second one");
        assertEquals(60, backends[0].take().bytes().length);
    }

    @Test
    void eachQueueHasKeysOfItsOwn() throws Exception {
        xenstored.write(FRONT + "tx-ring-ref", "9");
        start(2);
        assertEquals("2", xenstored.read(FRONT + "multi-queue-num-queues"));
        assertNull(xenstored.read(FRONT + "tx-ring-ref"));
        for (int i = 0; i < 2; i++) {
            assertEquals(1, send(i));
            assertEquals(60, backends[i].take().bytes().length);
            assertTrue(backends[i].deliver(new byte[60], 100, 0, 0, 0));
            int wanted = i + 1;
            await("received", () -> received.get() == wanted);
        }
    }

    /** 40 backends under load, one after the other: no buffer and no grant is lost. */
    @Test
    void backendsComeAndGo() throws Exception {
        start(2);
        Random random = new Random(5);
        for (int i = 1; i <= 40; i++) {
            load(random);
            int before = received.get();
            boolean other = i % 2 == 0;
            xenstored.write(BACK + "state", "5");
            await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
            await("down", () -> "down".equals(told.getLast()));
            assertFalse(net.isLinkUp());
            assertEquals(0, send(0), "a delay, and no error");
            takeBack();
            assertEquals(0, access.grants.size());
            assertEquals(BUFFERS, pool.free(), "after " + before);
            assertEquals(free, source.freeBytes());
            told.clear();
            xenstored.write(BACK + "multi-queue-max-queues", other ? "8" : "2");
            xenstored.write(BACK + "state", "2");
            attach(2);
            await("announced", () -> told.contains("announce"));
        }
        assertTrue(received.get() > 500, "received " + received);
    }

    private void load(Random random) throws IOException {
        for (int step = 0; step < 100; step++) {
            int queue = random.nextInt(2);
            send(queue);
            backends[queue].deliver(new byte[60 + random.nextInt(3000)], 1000, 0, 0, 0);
            if (random.nextBoolean()) {
                backends[queue].take();
                backends[queue].finish(random.nextInt(3));
                takeBack();
            }
        }
    }

    /** What the backend writes now is not looked at any more, and it gets nothing. */
    @Test
    void nothingIsSentWhileTheDomainIsSaved() throws Exception {
        start(2);
        bus.suspend();
        assertEquals(0, send(0));
        assertNull(backends[0].take());
        backends[1].deliver(new byte[60], 100, 0, 0, 0);
        assertEquals(0, net.queue(1).receive(new NetworkBuffer[1]));
        bus.cancelSuspend();
        told.clear();
        xenstored.write(BACK + "state", "5");
        xenstored.write(BACK + "state", "2");
        attach(2);
        await("announced", () -> told.contains("announce"));
        assertEquals(1, send(0));
        bus.close();
        takeBack();
        assertEquals(BUFFERS, pool.free());
        assertEquals(free, source.freeBytes());
    }

    @Test
    void ringsThatFailTakeTheLinkDown() throws Exception {
        start(2);
        memory.writeIntRelease(backends[1].in + 8, 9999);
        backends[1].port.wake();
        await("down", () -> told.contains("down"));
        assertFalse(net.isLinkUp());
        assertThrows(IOException.class, () -> net.queue(1).receive(new NetworkBuffer[1]));
        told.clear();
        bus.close();
        assertFalse(told.contains("down"), "it is down already");
        takeBack();
        assertEquals(BUFFERS, pool.free());
        assertEquals(free, source.freeBytes());
    }

    @Test
    void aSavedDomainBeginsAnew() throws Exception {
        start(2);
        Random random = new Random(6);
        for (int i = 0; i < 20; i++) {
            load(random);
            bus.suspend();
            access.forget();
            told.clear();
            xenstored.write(BACK + "state", "2");
            bus.resume();
            attach(2);
            await("announced", () -> told.contains("announce"));
            takeBack();
            await("buffers", () -> pool.free() == BUFFERS - 2 * 32);
        }
        bus.close();
        takeBack();
        assertEquals(BUFFERS, pool.free());
        assertEquals(free, source.freeBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "mac, 01:00:00:00:00:00, no device has the address \"01:00:00:00:00:00\"",
        "mac, 0016.3e00.0001, no device has the address \"0016.3e00.0001\"",
        "feature-rx-copy, 0, the backend does not copy packets to us",
        "mtu, 67, packets of at most 67 bytes",
        "multi-queue-max-queues, 0, no queues",
        "multi-queue-max-queues, two, 'the backend''s multi-queue-max-queues is \"two\"'",
    })
    void whatCannotBeClosesTheDevice(String node, String value, String message) throws Exception {
        offer(2);
        xenstored.write((node.equals("mac") ? FRONT : BACK) + node, value);
        bus.start();
        await("closed", () -> "6".equals(xenstored.read(FRONT + "state")));
        String error = xenstored.read("/local/domain/7/error/device/vif/0/error");
        assertTrue(error.endsWith("device/vif/0: " + message), error);
        assertEquals(0, access.grants.size());
        assertEquals(free, source.freeBytes());
    }
}
