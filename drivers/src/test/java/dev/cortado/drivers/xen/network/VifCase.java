package dev.cortado.drivers.xen.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.drivers.xen.frontend.HostServices;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A vif on the bus, with threads of its own; the test is its toolstack and its backends. */
abstract class VifCase {
    private static final int MEMORY_BYTES = 8 << 20;
    static final int BUFFERS = 300;
    static final int POSTED = 32;
    static final String FRONT = "/local/domain/7/device/vif/0/";
    static final String BACK = "/local/domain/0/backend/vif/7/0/";
    static final String MAC = "00:16:3e:00:00:01";
    private static final long PATIENCE = 20_000_000_000L;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    final FakeAccess access = new FakeAccess(memory);
    final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    final List<String> log = new CopyOnWriteArrayList<>();

    /** What the listener was told, deaths of the driver among it. */
    final List<String> told = new CopyOnWriteArrayList<>();

    final HostServices services = new HostServices();
    final List<NetworkPlace> later = new CopyOnWriteArrayList<>();
    final AtomicInteger received = new AtomicInteger();

    /** What happens instead when packets come, once. */
    volatile RuntimeException fault;

    RestartPolicy policy =
            new RestartPolicy(1000, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMillis(5));
    NetworkBuffers pool;
    long free;
    VifBus vifs;
    XenBus bus;
    XenNet net;
    CompletableFuture<NetworkAdapter> opening;
    NetworkBackend[] backends;

    private final class Listener implements NetworkListener {
        @Override
        public void received(int queue) {
            RuntimeException thrown = fault;
            fault = null;
            if (thrown != null) {
                throw thrown;
            }
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
                throw new AssertionError(e);
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

    private final class Deaths implements ServiceListener {
        @Override
        public void died(String service, Throwable cause, Duration restartIn) {
            told.add("died: " + cause.getMessage());
        }

        @Override
        public void restarted(String service) {
            told.add("restarted");
        }

        @Override
        public void gaveUp(String service, Throwable cause) {
            told.add("gave up: " + cause.getMessage());
        }
    }

    @BeforeEach
    void open() throws IOException {
        pool = new NetworkBuffers(new DeviceFrames(source, "buffers"), BUFFERS, 4096);
        free = source.freeBytes();
        vifs = new VifBus(store, access, source, services, log::add);
        bus = vifs.bus();
    }

    @AfterEach
    void close() {
        store.close();
        xenstored.close();
    }

    /** What a toolstack writes, and a backend like Linux's. */
    void offer(int queues) {
        offer(queues, MAC);
    }

    void offer(int queues, String mac) {
        xenstored.write(BACK + "feature-rx-copy", "1");
        xenstored.write(BACK + "feature-sg", "1");
        xenstored.write(BACK + "feature-gso-tcpv4", "1");
        xenstored.write(BACK + "feature-gso-tcpv6", "1");
        xenstored.write(BACK + "feature-ipv6-csum-offload", "1");
        xenstored.write(BACK + "multi-queue-max-queues", "" + queues);
        xenstored.write(BACK + "state", "2");
        xenstored.write(FRONT + "mac", mac);
        xenstored.write(FRONT + "backend", BACK.substring(0, BACK.length() - 1));
        xenstored.write(FRONT + "backend-id", "0");
        xenstored.write(FRONT + "state", "1");
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> what + " " + log + told + states());
            Thread.sleep(1);
        }
    }

    private String states() {
        String states = xenstored.read(FRONT + "state") + " and " + xenstored.read(BACK + "state");
        return "; states " + states + ", shared pages " + access.grants.size();
    }

    /** Somebody uses the device. */
    void use(NetworkPlace place, int queues) throws InterruptedException {
        NetworkSettings settings = new NetworkSettings(pool, queues, POSTED, 0x020000000001L);
        opening = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        opening.complete(
                                place.open(settings, new Listener(), policy, new Deaths()));
                    } catch (IOException | RuntimeException e) {
                        opening.completeExceptionally(e);
                    }
                });
        await("used", () -> ((VifPlace) place).net() != null || opening.isDone());
        net = ((VifPlace) place).net();
    }

    void begin(int queues) throws Exception {
        List<NetworkPlace> places = vifs.start(later::add);
        assertEquals(1, places.size());
        use(places.getFirst(), queues);
    }

    /** The backend finds the rings. */
    void connect(int queues) throws InterruptedException {
        await("connected", () -> "4".equals(xenstored.read(FRONT + "state")));
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
    }

    void attach(int queues) throws InterruptedException {
        connect(queues);
        xenstored.write(BACK + "state", "4");
        await("up", () -> net.isLinkUp());
    }

    /** The backend begins anew when the frontend has left what it had, and finds other rings. */
    void attachAgain(int queues) throws InterruptedException {
        await("left", () -> !"4".equals(xenstored.read(FRONT + "state")));
        xenstored.write(BACK + "state", "2");
        attach(queues);
    }

    void start(int queues) throws Exception {
        offer(queues);
        begin(queues);
        attach(queues);
        opening.get(20, TimeUnit.SECONDS);
    }

    int send(int queue) throws IOException {
        NetworkBuffer packet = pool.take();
        packet.setData(NetworkBuffer.HEADROOM, 60);
        int sent = net.queue(queue).transmit(new NetworkBuffer[] {packet}, 0, 1);
        if (sent == 0) {
            NetworkBuffers.give(packet);
        }
        return sent;
    }

    int takeBack() {
        NetworkBuffer[] batch = new NetworkBuffer[8];
        int count = 0;
        for (int queue = 0; net != null && queue < net.queues(); queue++) {
            NetworkQueue pair = net.queue(queue);
            List<NetworkBuffer> all = new ArrayList<>();
            try {
                for (int n = pair.takeTransmitted(batch); n > 0; n = pair.takeTransmitted(batch)) {
                    for (int i = 0; i < n; i++) {
                        all.add(batch[i]);
                    }
                }
            } finally {
                all.forEach(NetworkBuffers::give);
            }
            count += all.size();
        }
        return count;
    }

    /** The backend has nothing of ours any more. */
    void checkNothingShared() throws InterruptedException {
        await(
                "given back",
                () -> {
                    takeBack();
                    return pool.free() == BUFFERS && source.freeBytes() == free;
                });
        assertEquals(0, access.grants.size());
        assertEquals(0, pool.lost());
        assertTrue(access.ports.values().stream().allMatch(port -> port.closed));
    }
}
