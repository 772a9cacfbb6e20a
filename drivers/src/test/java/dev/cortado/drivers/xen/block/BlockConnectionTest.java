package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.DiskParts;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BlockConnectionTest {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final int XVDA = 51712;
    private static final long PATIENCE = 20_000_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final DeviceFrames buffers = new DeviceFrames(source, "buffers");
    private final DeviceFrames frames = new DeviceFrames(source, "ring");
    private final FakeAccess access = new FakeAccess(memory);
    private BlockConnection connection;
    private BlockBackend backend;
    private Thread service;

    private void open(int segments) throws IOException {
        open(segments, PATIENCE);
    }

    private void open(int segments, long patience) throws IOException {
        connection = new BlockConnection("disk", access, 3, XVDA, segments, patience, frames);
        backend =
                new BlockBackend(
                        access,
                        connection.ringReference(),
                        connection.portNumber(),
                        new byte[1 << 20]);
        backend.most = segments;
        service = Thread.ofPlatform().daemon().start(this::serve);
    }

    private void serve() {
        try {
            do {
                connection.service();
            } while (connection.await(Long.MAX_VALUE));
        } catch (IOException | InterruptedException e) {
            // It is at its end.
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.interrupt();
        service.join();
        backend.close();
    }

    private DeviceBlock buffer(int bytes) throws IOException {
        return buffers.allocate(bytes, BuddyAllocator.NO_LIMIT);
    }

    private void hammer(int threads, int operations) throws Exception {
        List<DeviceBlock> blocks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            blocks.add(buffer(32768));
        }
        DiskParts.each(
                threads,
                1 << 20,
                (number, first, bytes) ->
                        use(first, bytes, blocks.get(number), number, operations));
    }

    private void use(int first, int bytes, DeviceBlock buffer, int seed, int operations)
            throws IOException {
        Random random = new Random(seed);
        byte[] expected = new byte[bytes];
        for (int i = 0; i < operations; i++) {
            int most = Math.min(Math.min(connection.mostBytes(), 16384), bytes);
            int length = 512 * (1 + random.nextInt(most / 512));
            int at = 512 * random.nextInt((bytes - length) / 512 + 1);
            int offset = 512 * random.nextInt(32);
            if (random.nextBoolean()) {
                byte[] written = new byte[length];
                random.nextBytes(written);
                System.arraycopy(written, 0, expected, at, length);
                memory.copyIn(written, 0, buffer.address() + offset, length);
                assertEquals(0, request(BlockMessages.WRITE, first + at, buffer, offset, length));
            } else {
                byte[] read = new byte[length];
                assertEquals(0, request(BlockMessages.READ, first + at, buffer, offset, length));
                memory.copyOut(buffer.address() + offset, read, 0, length);
                assertArrayEquals(Arrays.copyOfRange(expected, at, at + length), read);
            }
        }
    }

    private int request(int operation, long position, DeviceBlock buffer, int offset, int length)
            throws IOException {
        return connection.request(new BlockOperation(operation, position, buffer, offset, length));
    }

    /** More callers than the ring has room for. */
    @ParameterizedTest
    @ValueSource(ints = {11, 12, 65})
    void whatWasWrittenIsRead(int segments) throws Exception {
        open(segments);
        backend.start();
        hammer(50, 40);
        Arrays.fill(backend.disk, (byte) 0);
        hammer(1, 300);
        assertEquals(0, connection.underWay());
        connection.close();
        assertFalse(connection.isReleased());
        backend.close();
        assertTrue(connection.isReleased());
        assertEquals(0, access.grants.size());
        assertEquals(0, frames.bytes());
    }

    /** public/io/blkif.h: a write of sectors 3 to 9 of a page and the first 2 of the next one. */
    @Test
    void requestsAreTheSpecifications() throws Exception {
        open(11);
        DeviceBlock buffer = buffer(8192);
        backend.silent = true;
        List<Thread> callers = new ArrayList<>();
        callers.add(caller(BlockMessages.WRITE, 0x123456 * 512L, buffer, 1536, 7 * 512));
        callers.add(caller(BlockMessages.DISCARD, 0x1000 * 512L, null, 0, 0x20 * 512));
        callers.add(caller(BlockMessages.FLUSH_DISKCACHE, 0, null, 0, 0));
        long ring = access.page(connection.ringReference(), true) + 64;
        // operation, nr_segments, handle, id, sector_number; gref, first_sect, last_sect
        String write = "010200ca 00000000 0000000000000000 5634120000000000 ";
        write += "GGGGGGGG 03070000 GGGGGGGG 00010000";
        check(write, ring);
        check("050000ca 00000000 2100000000000000 0010000000000000 2000000000000000", ring + 112);
        check("030000ca 00000000 4200000000000000 0000000000000000", ring + 224);
        backend.silent = false;
        backend.answer(66, 3, 0);
        backend.answer(0, 1, 0);
        backend.answer(33, 5, 0);
        for (Thread caller : callers) {
            caller.join();
        }
    }

    private Thread caller(int operation, long position, DeviceBlock buffer, int offset, int length)
            throws InterruptedException {
        int before = connection.underWay();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                request(operation, position, buffer, offset, length);
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        while (connection.underWay() == before) {
            Thread.sleep(1);
        }
        return thread;
    }

    private void check(String expected, long at) {
        String wanted = expected.replace(" ", "");
        byte[] bytes = new byte[wanted.length() / 2];
        memory.copyOut(at, bytes, 0, bytes.length);
        String found = HexFormat.of().formatHex(bytes);
        for (int i = 0; i < wanted.length(); i++) {
            if (wanted.charAt(i) != 'G') {
                assertEquals(wanted.charAt(i), found.charAt(i), found + " at " + i);
            }
        }
    }

    @Test
    void indirectRequestsAreTheSpecifications() throws Exception {
        open(65);
        backend.silent = true;
        caller(BlockMessages.READ, 0x55 * 512L, buffer(65536), 0, 65536);
        long ring = access.page(connection.ringReference(), true) + 64;
        check("06001000 00000000 0000000000000000 5500000000000000 00ca 0000 GGGGGGGG", ring);
        long table = access.page(memory.readIntAcquire(ring + 28), false);
        for (int i = 0; i < 16; i++) {
            check("GGGGGGGG 00070000", table + 8 * i);
        }
        backend.answer(0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 'the backend answers request 1, which there is not'",
        "-1, 1, 'the backend answers request 18446744073709551615, which there is not'",
        "32, 1, 'the backend answers request 32, which there is not'",
        "0, 2, 'the backend says that it has answered 2 of 1 requests, 0 before'",
        "0, -1, 'the backend says that it has answered 4294967295 of 1 requests, 0 before'",
        "0, 33, 'the backend says that it has answered 33 of 1 requests, 0 before'",
        "0, 0, 'the backend answers with status -3'",
    })
    void aWildBackendIsNamed(long id, int produced, String message) throws Exception {
        open(11);
        backend.silent = true;
        DeviceBlock buffer = buffer(4096);
        Thread liar =
                Thread.ofVirtual()
                        .start(() -> {
                            while (connection.underWay() == 0) {
                                Thread.onSpinWait();
                            }
                            if (produced == 0) {
                                backend.answer(id, 0, -3);
                            } else if (produced == 1) {
                                backend.answer(id, 0, 0);
                            } else {
                                backend.produce(produced);
                            }
                            access.ports.get(connection.portNumber()).wake();
                            backend.letGo();
                        });
        IOException e =
                assertThrows(
                        IOException.class, () -> request(BlockMessages.READ, 0, buffer, 0, 4096));
        liar.join();
        assertEquals("disk: " + message, e.getMessage());
        assertThrows(IOException.class, () -> request(BlockMessages.READ, 0, buffer, 0, 4096));
        connection.close();
        assertTrue(connection.isReleased());
        assertEquals(0, access.grants.size());
    }

    @Test
    void answersThatComeTwiceAreNotAnotherRequests() throws Exception {
        open(11);
        backend.silent = true;
        DeviceBlock buffer = buffer(4096);
        Thread first = caller(BlockMessages.READ, 0, buffer, 0, 4096);
        backend.answer(0, 0, 0);
        first.join();
        AtomicReference<IOException> failure = new AtomicReference<>();
        Thread second =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                request(BlockMessages.READ, 0, buffer, 0, 4096);
                            } catch (IOException e) {
                                failure.set(e);
                            }
                        });
        while (connection.underWay() == 0) {
            Thread.sleep(1);
        }
        backend.answer(0, 0, 0);
        backend.letGo();
        second.join();
        assertEquals(
                "disk: the backend answers request 0, which there is not",
                failure.get().getMessage());
    }

    /** Its page's reference may be another one's until the domain is told that it was saved. */
    @Test
    void aPageIsTheBackendsWhileTheDomainIsSaved() throws Exception {
        open(11);
        backend.silent = true;
        Thread caller = caller(BlockMessages.READ, 0, buffer(4096), 0, 4096);
        connection.freeze(true);
        backend.answer(0, 0, 0);
        connection.service();
        caller.join(50);
        assertEquals(1, connection.underWay());
        connection.freeze(false);
        connection.service();
        caller.join();
        assertEquals(0, connection.underWay());
    }

    @Test
    void oneThatDoesNotAnswerIsLeft() throws Exception {
        open(11, 50_000_000);
        backend.silent = true;
        DeviceBlock buffer = buffer(4096);
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            while (connection.underWay() == 0 || connection.isOpen()) {
                                Thread.onSpinWait();
                            }
                            backend.letGo();
                        });
        IOException e =
                assertThrows(
                        IOException.class, () -> request(BlockMessages.READ, 0, buffer, 0, 4096));
        assertEquals("disk: it does not answer", e.getMessage());
        other.join();
    }

    @Test
    void withoutGrantsARequestFailsAndTheNextOneMayWork() throws Exception {
        open(11);
        backend.start();
        access.most = 3;
        DeviceBlock buffer = buffer(16384);
        assertThrows(IOException.class, () -> request(BlockMessages.READ, 0, buffer, 0, 16384));
        assertEquals(1, access.grants.size());
        assertEquals(0, request(BlockMessages.READ, 0, buffer, 0, 8192));
    }

    /** A ring in which anything is written at any time; callers get an answer or an error. */
    @Test
    void nothingEscapesFromARingOfNonsense() throws Exception {
        int lost = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            DeviceFrames own = new DeviceFrames(source, "ring");
            BlockConnection wild = new BlockConnection("disk", access, 3, XVDA, 11, PATIENCE, own);
            long page = access.page(wild.ringReference(), true);
            DeviceBlock buffer = buffer(4096);
            List<Thread> callers = new ArrayList<>();
            AtomicReference<Throwable> escaped = new AtomicReference<>();
            for (int i = 0; i < 4; i++) {
                callers.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        for (int j = 0; j < 50; j++) {
                                            wild.request(new BlockOperation(0, 0, buffer, 0, 4096));
                                        }
                                    } catch (IOException e) {
                                        // As it should be.
                                    } catch (Throwable e) {
                                        escaped.set(e);
                                    }
                                }));
            }
            for (int i = 0; i < 400; i++) {
                int produced = memory.readIntAcquire(page + 8);
                if (random.nextInt(10) > 0) {
                    long at = page + 64 + 112L * (produced & 31);
                    if (random.nextInt(30) == 0) {
                        memory.writeLong(at, random.nextInt(1000));
                    }
                    memory.writeShortRelease(at + 10, random.nextInt(4) - 2);
                    int requested = memory.readIntAcquire(page);
                    if (produced != requested || random.nextInt(300) == 0) {
                        memory.writeIntRelease(page + 8, produced + 1);
                    }
                } else {
                    memory.writeIntRelease(page + 4, random.nextInt());
                }
                wild.service();
            }
            wild.close();
            for (Thread caller : callers) {
                caller.join();
            }
            assertTrue(wild.isReleased());
            assertEquals(null, escaped.get());
            assertEquals(0, own.bytes());
            buffers.free(buffer);
            lost++;
        }
        assertEquals(300, lost);
        assertEquals(0, access.grants.size());
        open(11);
    }
}
