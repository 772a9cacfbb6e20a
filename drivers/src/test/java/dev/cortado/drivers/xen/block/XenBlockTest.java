package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class XenBlockTest {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final String FRONT = "/local/domain/7/device/vbd/51712/";
    private static final String BACK = "/local/domain/0/backend/vbd/7/51712/";
    private static final long PATIENCE = 20_000_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames buffers = new DeviceFrames(source, "buffers");
    private final long free = source.freeBytes();
    private final FakeAccess access = new FakeAccess(memory);
    private final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private byte[] disk = new byte[1 << 20];
    private XenBlock block;
    private final XenBus bus =
            new XenBus(
                    store,
                    List.of(new XenBlockDriver(access, source, PATIENCE, found -> block = found)),
                    log::add);
    private BlockBackend backend;

    @AfterEach
    void close() throws Exception {
        store.close();
        xenstored.close();
        if (backend != null) {
            backend.close();
        }
    }

    private void offer() {
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

    private void await(String path, String value) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!value.equals(xenstored.read(path))) {
            assertTrue(System.nanoTime() < end, path + " is not " + value + ": " + log);
            Thread.sleep(1);
        }
    }

    /** The backend's part, from the frontend's nodes on. */
    private void attach() throws Exception {
        publish();
        await(FRONT + "state", "4");
    }

    private void publish() throws Exception {
        await(FRONT + "state", "3");
        assertEquals("x86_64-abi", xenstored.read(FRONT + "protocol"));
        int ring = Integer.parseInt(xenstored.read(FRONT + "ring-ref"));
        int port = Integer.parseInt(xenstored.read(FRONT + "event-channel"));
        BlockBackend old = backend;
        backend = new BlockBackend(access, ring, port, disk);
        backend.most = 65;
        if (old != null) {
            old.close();
        }
        backend.start();
        xenstored.write(BACK + "sectors", Integer.toString(disk.length / 512));
        xenstored.write(BACK + "sector-size", "512");
        xenstored.write(BACK + "info", "0");
        xenstored.write(BACK + "state", "4");
    }

    private void start() throws Exception {
        offer();
        bus.start();
        attach();
        block.awaitConnection();
    }

    private DeviceBlock buffer(int bytes) throws IOException {
        return buffers.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    @Test
    void aDiskIsReadAndWritten() throws Exception {
        start();
        assertEquals(disk.length, block.bytes());
        assertEquals(512, block.blockBytes());
        assertFalse(block.isReadOnly());
        byte[] bytes = new byte[600_064];
        new Random(1).nextBytes(bytes);
        DeviceBlock buffer = buffer(1 << 20);
        memory.copyIn(bytes, 0, buffer.address() + 512, bytes.length);
        block.write(1024, buffer, 512, 600_064);
        assertTrue(Arrays.equals(bytes, 0, bytes.length, disk, 1024, 1024 + bytes.length));
        assertEquals(List.of("1 2 512", "1 514 512", "1 1026 148"), backend.takeRequests());
        block.read(512, buffer, 0, 512);
        block.flush();
        assertEquals(List.of("0 1 1", "3 0 0"), backend.takeRequests());
        assertThrows(IllegalArgumentException.class, () -> block.read(512, buffer, 100, 512));
        assertThrows(IllegalArgumentException.class, () -> block.read(disk.length, buffer, 0, 512));
        bus.close();
        assertEquals(0, access.grants.size());
        buffers.free(buffer);
        assertEquals(free, source.freeBytes());
    }

    @Test
    void onlyWholePiecesAreDiscarded() throws Exception {
        start();
        block.discard(0, 4096);
        block.discard(512, 8192);
        block.discard(1024, 8192);
        block.discard(5120, 3584);
        assertEquals(List.of("5 1 16", "5 9 8"), backend.takeRequests());
        backend.status = -2;
        block.discard(512, 4096);
        assertFalse(block.canDiscard());
    }

    @Test
    void aFlushIsABarrierOrNothingIfTheBackendSaysSo() throws Exception {
        start();
        backend.status = -2;
        block.flush();
        block.flush();
        assertEquals(List.of("3 0 0", "2 0 0"), backend.takeRequests());
        backend.status = -1;
        DeviceBlock buffer = buffer(4096);
        IOException e = assertThrows(IOException.class, () -> block.read(512, buffer, 0, 1024));
        assertEquals("xen-blk (device/vbd/51712): an error with 1024 bytes at 512", e.getMessage());
    }

    @Test
    void theSizeMayChange() throws Exception {
        start();
        xenstored.write(BACK + "sectors", "8");
        xenstored.write(BACK + "state", "4");
        long end = System.nanoTime() + PATIENCE;
        while (block.bytes() != 4096) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sectors, -1, 'device/vbd/51712: the backend''s sectors is \"-1\"'",
        "sectors, 999999999999999999, 'device/vbd/51712: a disk of 999999999999999999 sectors'",
        "sector-size, 513, 'device/vbd/51712: sectors of 513 bytes'",
        "sector-size, 0, 'device/vbd/51712: sectors of 0 bytes'",
        "info, x, 'device/vbd/51712: the backend''s info is \"x\"'",
    })
    void whatCannotBeClosesTheDevice(String node, String value, String message) throws Exception {
        offer();
        bus.start();
        await(FRONT + "state", "3");
        xenstored.write(BACK + "sectors", "8");
        xenstored.write(BACK + node, value);
        xenstored.write(BACK + "state", "4");
        await(FRONT + "state", "6");
        long end = System.nanoTime() + PATIENCE;
        while (!access.grants.isEmpty()) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(1);
        }
        String error = xenstored.read("/local/domain/7/error/device/vbd/51712/error");
        assertTrue(error.endsWith(message), error);
    }

    /** Reads and writes all the time; what is read is what was written last. */
    private Thread user(AtomicReference<Throwable> failure, int operations) {
        XenBlock block = this.block;
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
                                move(block, true, at, buffer, length, random.nextInt(4));
                                System.arraycopy(bytes, 0, expected, at, length);
                            } else {
                                move(block, false, at, buffer, length, random.nextInt(4));
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
    private static void move(
            XenBlock block, boolean isWrite, int at, DeviceBlock buffer, int length, int blocks)
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

    @Test
    void ofTransfersTogetherEachFailsByItself() throws Exception {
        start();
        DeviceBlock buffer = buffer(1 << 20);
        byte[] bytes = new byte[disk.length];
        new Random(7).nextBytes(bytes);
        memory.copyIn(bytes, 0, buffer.address(), bytes.length);
        List<BlockTransfer> transfers = new ArrayList<>();
        for (int at = 0; at < disk.length; at += 4096) {
            transfers.add(BlockTransfer.write(at, buffer, at, 4096));
        }
        transfers.add(40, BlockTransfer.write(disk.length, buffer, 0, 512));
        block.transfer(transfers);
        assertInstanceOf(IllegalArgumentException.class, transfers.remove(40).failure());
        assertTrue(transfers.stream().allMatch(transfer -> transfer.failure() == null));
        assertArrayEquals(bytes, disk);
        backend.status = -1;
        block.transfer(transfers.subList(0, 2));
        IOException e = assertInstanceOf(IOException.class, transfers.get(1).failure());
        assertEquals(
                "xen-blk (device/vbd/51712): an error with 4096 bytes at 4096", e.getMessage());
    }

    /** A backend that goes and comes back, under load; users see a delay. */
    @Test
    void usersWaitForABackendThatComesBack() throws Exception {
        start();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread user = user(failure, 3000);
        for (int i = 0; i < 30; i++) {
            Thread.sleep(5);
            backend.silent = i % 3 == 0; // requests are under way
            backend.close(); // it does nothing any more, then says so
            xenstored.write(BACK + "state", i % 2 == 0 ? "5" : "6");
            await(FRONT + "state", "6");
            xenstored.write(BACK + "state", "2");
            attach();
        }
        user.join();
        assertEquals(null, failure.get());
        bus.close();
        assertEquals(0, access.grants.size());
        assertEquals(free, source.freeBytes());
    }

    /** The disk is detached, and attached again with the same number. */
    private void replace(int bytes) throws Exception {
        xenstored.write(BACK + "state", "5");
        await(FRONT + "state", "6");
        xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
        xenstored.remove(BACK.substring(0, BACK.length() - 1));
        disk = Arrays.copyOf(disk, bytes);
        offer();
    }

    /** Users see a delay. */
    @Test
    void usersWaitForADiskThatIsAttachedAgain() throws Exception {
        start();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread user = user(failure, 3000);
        for (int i = 0; i < 20; i++) {
            Thread.sleep(5);
            backend.silent = i % 3 == 0; // requests are under way
            backend.close();
            replace(disk.length);
            attach();
        }
        user.join();
        assertEquals(null, failure.get());
        bus.close();
        assertEquals(0, access.grants.size());
        assertEquals(free, source.freeBytes());
    }

    /** Whoever has the old one's blocks in mind would write over the new one's. */
    @Test
    void aDiskOfAnotherSizeDoesNotTakeAnothersPlace() throws Exception {
        start();
        int bytes = disk.length;
        backend.close();
        replace(bytes / 2);
        publish();
        await(FRONT + "state", "6");
        String error = xenstored.read("/local/domain/7/error/device/vbd/51712/error");
        assertTrue(error.endsWith("another disk was attached in its place"), error);
        assertEquals(bytes, block.bytes());
    }

    /** Nothing is under way when the domain is saved, and nothing is granted afterwards. */
    @Test
    void nothingIsDoneTwiceOverASave() throws Exception {
        start();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread user = user(failure, 3000);
        for (int i = 0; i < 20; i++) {
            Thread.sleep(5);
            bus.suspend();
            int before = backend.takeRequests().size();
            Thread.sleep(2);
            assertEquals(0, backend.takeRequests().size(), before + " before");
            access.forget();
            xenstored.write(BACK + "state", "2");
            bus.resume(false);
            attach();
        }
        user.join();
        assertEquals(null, failure.get());
        bus.close();
        assertEquals(free, source.freeBytes());
    }
}
