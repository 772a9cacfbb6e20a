package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.drivers.xen.frontend.HostServices;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A disk of this domain, the toolstack, and a backend. */
abstract class XenBlockCase {
    static final String FRONT = "/local/domain/7/device/vbd/51712/";
    static final String BACK = "/local/domain/0/backend/vbd/7/51712/";
    static final String ERROR = "/local/domain/7/error/device/vbd/51712/error";
    static final long PATIENCE = 20_000_000_000L;
    private static final int MEMORY_BYTES = 4 << 20;

    final HostMemory memory = new HostMemory(MEMORY_BYTES);
    final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    final DeviceFrames buffers = new DeviceFrames(source, "buffers");
    final long free = source.freeBytes();
    final FakeAccess access = new FakeAccess(memory);
    final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();

    /** Deaths of the driver that are borne. */
    int mostDeaths = 1000;

    byte[] disk = new byte[1 << 20];
    BlockBackend backend;
    XenBus bus;
    RestartableBlockDevice block;

    @AfterEach
    void close() throws Exception {
        ends.forEach(Runnable::run);
        store.close();
        xenstored.close();
        if (backend != null) {
            backend.close();
        }
    }

    /** What a toolstack writes, and a backend before it is connected. */
    void offer() {
        xenstored.write(BACK + "feature-flush-cache", "1");
        xenstored.write(BACK + "feature-barrier", "1");
        xenstored.write(BACK + "feature-discard", "1");
        xenstored.write(BACK + "discard-granularity", "4096");
        xenstored.write(BACK + "discard-alignment", "512");
        xenstored.write(BACK + "feature-max-indirect-segments", "256");
        xenstored.write(BACK + "state", "2");
        xenstored.write(FRONT + "backend", BACK.substring(0, BACK.length() - 1));
        xenstored.write(FRONT + "backend-id", "0");
        xenstored.write(FRONT + "virtual-device", "51712");
        xenstored.write(FRONT + "state", "1");
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> what + ": " + states() + log);
            Thread.sleep(1);
        }
    }

    private String states() {
        return xenstored.read(FRONT + "state") + " and " + xenstored.read(BACK + "state") + ", ";
    }

    void await(String path, String value) throws InterruptedException {
        await(path + " is not " + value, () -> value.equals(xenstored.read(path)));
    }

    /** The backend's part, from the frontend's nodes on. */
    void attach() throws Exception {
        publish();
        await(FRONT + "state", "4");
    }

    void publish() throws Exception {
        await(FRONT + "state", "3");
        BlockBackend old = backend;
        backend = makeBackend();
        if (old != null) {
            old.close();
        }
        backend.start();
        publishDisk();
        xenstored.write(BACK + "state", "4");
    }

    BlockBackend makeBackend() {
        assertEquals("x86_64-abi", xenstored.read(FRONT + "protocol"));
        int ring = Integer.parseInt(xenstored.read(FRONT + "ring-ref"));
        int port = Integer.parseInt(xenstored.read(FRONT + "event-channel"));
        BlockBackend made = new BlockBackend(access, ring, port, disk);
        made.most = 65;
        return made;
    }

    void publishDisk() {
        xenstored.write(BACK + "sectors", Integer.toString(disk.length / 512));
        xenstored.write(BACK + "sector-size", "512");
        xenstored.write(BACK + "info", "0");
    }

    /** The driver begins. */
    void begin(BackendAccess seen) throws Exception {
        HostServices services = new HostServices();
        RestartPolicy policy =
                new RestartPolicy(mostDeaths, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
        XenBlockDriver driver =
                new XenBlockDriver(
                        store,
                        seen,
                        source,
                        (name, life, usual, deaths) -> {
                            Runnable end = services.start(name, life, policy, deaths);
                            ends.add(end);
                            return end;
                        },
                        PATIENCE,
                        log::add);
        bus = driver.bus();
        bus.start();
        block = driver.await("51712").disk();
    }

    void start() throws Exception {
        offer();
        begin(access);
        attach();
        block.await();
    }

    /** Nobody has anything of ours any more. */
    void checkNothingShared() throws InterruptedException {
        await("given back", () -> access.count() == 0 && source.freeBytes() == free);
        assertTrue(access.ports.values().stream().allMatch(port -> port.closed));
    }

    long deaths() {
        return log.stream().filter(line -> line.startsWith("disk xvda has died")).count();
    }

    DeviceBlock buffer(int bytes) throws IOException {
        return buffers.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    /** Reads and writes all the time; what is read is what was written last. */
    Thread user(AtomicReference<Throwable> failure, int operations) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        Random random = new Random(3);
                        DeviceBlock buffer = buffer(16384);
                        byte[] expected = new byte[disk.length];
                        for (int i = 0; i < operations; i++) {
                            int length = 512 * (1 + random.nextInt(32));
                            int at = 512 * random.nextInt(1000);
                            byte[] bytes = new byte[length];
                            if (random.nextBoolean()) {
                                random.nextBytes(bytes);
                                memory.copyIn(bytes, 0, buffer.address(), length);
                                move(true, at, buffer, length, random.nextInt(4));
                                System.arraycopy(bytes, 0, expected, at, length);
                            } else {
                                move(false, at, buffer, length, random.nextInt(4));
                                memory.copyOut(buffer.address(), bytes, 0, length);
                                assertTrue(
                                        Arrays.equals(bytes, 0, length, expected, at, at + length));
                            }
                        }
                        buffers.free(buffer);
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                });
    }

    /**
     * Reads or writes.
     *
     * @param blocks of each of the transfers that are made together; 0 for one alone
     */
    void move(boolean isWrite, int at, DeviceBlock buffer, int length, int blocks)
            throws IOException {
        List<BlockTransfer> transfers = new ArrayList<>();
        int most = blocks == 0 ? length : 512 * blocks;
        for (int done = 0; done < length; done += most) {
            int bytes = Math.min(most, length - done);
            transfers.add(
                    isWrite
                            ? BlockTransfer.write(at + done, buffer, done, bytes)
                            : BlockTransfer.read(at + done, buffer, done, bytes));
        }
        block.transfer(transfers);
        for (BlockTransfer transfer : transfers) {
            if (transfer.failure() != null) {
                throw new IOException(transfer.failure());
            }
        }
    }
}
