package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class DiskStorageTest {
    private static final int SMALL = TransferBuffers.SMALL_BYTES;
    private static final int LARGE = TransferBuffers.LARGE_BYTES;
    private static final int DISK_BYTES = 4 << 20;

    private final Arena arena = Arena.ofShared();
    private final byte[] disk = new byte[DISK_BYTES];
    private final FakeDevice device = new FakeDevice(disk);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void close() {
        arena.close();
    }

    private DiskStorage storage(long memory, int small, int large) {
        DeviceFrames frames = new DeviceFrames(new ArenaFrames(arena, memory), "test");
        return new DiskStorage(
                "vda",
                device,
                new TransferBuffers(frames, BuddyAllocator.NO_LIMIT, small, large),
                new FakeFrames(),
                log::add);
    }

    private DiskStorage storage() {
        return storage(Long.MAX_VALUE, 2, 2);
    }

    private static byte[] random(int bytes) {
        byte[] all = new byte[bytes];
        new Random(bytes).nextBytes(all);
        return all;
    }

    @ParameterizedTest
    @CsvSource({"512", "65536", "66048", "1048576", "1049088", "3145728"})
    void whatWasWrittenIsRead(int length) throws Exception {
        DiskStorage storage = storage();
        byte[] bytes = random(length);
        for (boolean direct : new boolean[] {false, true}) {
            Arrays.fill(disk, (byte) 0);
            ByteBuffer from =
                    direct
                            ? ByteBuffer.allocateDirect(length + 7)
                            : ByteBuffer.allocate(length + 7);
            from.position(5).put(bytes).flip().position(5);
            storage.write(1024, from);
            assertFalse(from.hasRemaining());
            assertArrayEquals(bytes, Arrays.copyOfRange(disk, 1024, 1024 + length));
            assertEquals(0, disk[1023] | disk[1024 + length]);
            ByteBuffer to = ByteBuffer.allocate(length + 9).position(3).limit(length + 3);
            storage.read(1024, to);
            assertFalse(to.hasRemaining());
            assertArrayEquals(bytes, Arrays.copyOfRange(to.array(), 3, length + 3));
        }
    }

    @Test
    void itGoesInPiecesOfABuffer() throws Exception {
        storage().read(0, ByteBuffer.allocate(2 * LARGE + SMALL));
        assertEquals(
                List.of("read 0 " + LARGE, "read " + LARGE + " " + LARGE, "read 2097152 " + SMALL),
                device.calls);
    }

    @ParameterizedTest
    @CsvSource({
        "-512, 512",
        "0, 511",
        "1, 512",
        "4194304, 512",
        "4193792, 1024",
        "9223372036854775296, 512",
    })
    void placesOutsideAreRefused(long position, int length) {
        DiskStorage storage = storage();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (FileException e :
                List.of(
                        assertThrows(FileException.class, () -> storage.read(position, bytes)),
                        assertThrows(FileException.class, () -> storage.write(position, bytes)),
                        assertThrows(
                                FileException.class, () -> storage.discard(position, length)))) {
            assertEquals(Errno.EINVAL, e.errno());
        }
        assertEquals(List.of(), device.calls);
    }

    @Test
    void aReadOnlyDiskIsNotWritten() {
        device.readOnly = true;
        FileException e =
                assertThrows(
                        FileException.class, () -> storage().write(0, ByteBuffer.allocate(512)));
        assertEquals(Errno.EROFS, e.errno());
    }

    @Test
    void anErrorIsToldAndTheBufferUsedAgain() throws Exception {
        DiskStorage storage = storage(SMALL, 1, 0);
        device.failure = new IOException("a bad sector");
        for (int i = 0; i < 20; i++) {
            FileException e =
                    assertThrows(
                            FileException.class, () -> storage.read(0, ByteBuffer.allocate(512)));
            assertEquals("vda: Input/output error", e.getMessage());
        }
        assertEquals(Errno.EIO, assertThrows(FileException.class, storage::flush).errno());
        assertEquals("vda: a bad sector", log.get(0));
        assertEquals(9, log.size(), "eight, and the sixteenth");
        device.failure = null;
        storage.read(0, ByteBuffer.allocate(512));
    }

    /** Its device may write to it whenever it likes. */
    @Test
    void aBufferThatTheDeviceHasKeptIsNotUsedAgain() {
        DiskStorage storage = storage(SMALL, 1, 0);
        device.failure = new IOException("end", new BufferInUseException("kept", null));
        assertThrows(FileException.class, () -> storage.read(0, ByteBuffer.allocate(512)));
        device.failure = null;
        assertThrows(FileException.class, () -> storage.read(0, ByteBuffer.allocate(512)));
        assertEquals("vda: no memory that a disk could read or write", log.get(1));
    }

    @Test
    void withoutMemoryForALargeBufferASmallOneDoes() throws Exception {
        byte[] bytes = random(LARGE);
        storage(SMALL, 4, 4).write(0, ByteBuffer.wrap(bytes));
        assertArrayEquals(bytes, Arrays.copyOf(disk, LARGE));
        assertEquals(LARGE / SMALL, device.calls.size());
    }

    @Test
    void aDiskThatHasBecomeSmallerSaysSo() {
        DiskStorage storage = storage();
        device.inTransfer = () -> device.bytes = LARGE;
        FileException e =
                assertThrows(
                        FileException.class, () -> storage.read(0, ByteBuffer.allocate(2 * LARGE)));
        assertEquals(Errno.EINVAL, e.errno());
    }

    /** As many as there are buffers are under way at once, and no more; all come through. */
    @Test
    void manyUseItAtOnce() throws Exception {
        DiskStorage storage = storage(Long.MAX_VALUE, 3, 0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        device.inTransfer =
                () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    try {
                        assertTrue(go.await(20, TimeUnit.SECONDS));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    now.decrementAndGet();
                };
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int number = i;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    use(storage, number);
                                } catch (Throwable e) {
                                    failure.set(e);
                                }
                            }));
        }
        for (Thread thread : threads) {
            while (!isWaiting(thread)) {
                Thread.onSpinWait(); // the test's deadline ends this
            }
        }
        assertEquals(3, now.get());
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
        assertEquals(3, most.get());
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void use(DiskStorage storage, int number) throws FileException {
        byte[] bytes = new byte[8192];
        for (int i = 0; i < 20; i++) {
            Arrays.fill(bytes, (byte) (number + i));
            storage.write(number * 8192L, ByteBuffer.wrap(bytes));
            ByteBuffer read = ByteBuffer.allocate(8192);
            storage.read(number * 8192L, read);
            assertArrayEquals(bytes, read.array());
        }
    }

    @Test
    void flushAndDiscardAreTheDevices() throws Exception {
        storage().flush();
        storage().discard(512, 1024);
        assertEquals(List.of("flush", "discard 512 1024"), device.calls);
    }
}
