package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class XenBlockTest extends XenBlockCase {
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
        buffers.free(buffer);
        bus.close();
        backend.close();
        checkNothingShared();
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
        begin(access);
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
        String error = xenstored.read(ERROR);
        assertTrue(error.endsWith(message), error);
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
        backend.close();
        checkNothingShared();
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
        backend.close();
        checkNothingShared();
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
        String error = xenstored.read(ERROR);
        assertTrue(error.endsWith("another disk was attached in its place"), error);
        assertEquals(bytes, block.bytes());
        IOException e = assertThrows(IOException.class, () -> block.flush());
        assertTrue(e.getMessage().endsWith("another disk was attached in its place"), "" + e);
    }

    /** It may become larger, and no more than that. */
    @Test
    void aDiskThatBecomesAnotherOneIsNotUsed() throws Exception {
        start();
        xenstored.write(BACK + "info", "4");
        xenstored.write(BACK + "state", "4");
        await(FRONT + "state", "6");
        String error = xenstored.read(ERROR);
        assertTrue(error.endsWith("its backend says that it has become another disk"), error);
        assertFalse(block.isReadOnly());
    }

    /** What its backend has kept is nobody's after a restore, and of no other page's reference. */
    @Test
    void aDiskThatWasDetachedHearsOfASave() throws Exception {
        start();
        synchronized (access) {
            access.used.put(Integer.parseInt(xenstored.read(FRONT + "ring-ref")), 1);
        }
        xenstored.write(BACK + "state", "5");
        await(FRONT + "state", "6");
        xenstored.remove(FRONT.substring(0, FRONT.length() - 1));
        xenstored.remove(BACK.substring(0, BACK.length() - 1));
        await("detached", () -> access.ports.values().stream().allMatch(port -> port.closed));
        assertTrue(source.freeBytes() < free, "its backend has the ring");
        bus.suspend();
        access.forget();
        bus.resume(false);
        checkNothingShared();
        assertEquals(List.of(), log);
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
        backend.close();
        checkNothingShared();
    }
}
