package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which buffers a device reads and writes itself. */
@Timeout(60)
class StraightTransfersTest {
    private static final int PAGE = (int) Frames.SIZE;
    private static final int DISK_BYTES = 16 << 20;
    private static final int STEP = 4 << 20;
    private static final int PLACE = 3 * PAGE;

    @AutoClose private final Arena memory = Arena.ofConfined();
    private final byte[] disk = new byte[DISK_BYTES];
    private final FakeDevice device = new FakeDevice(disk);
    private final FakeFrames frames = new FakeFrames();
    private final List<String> told = new ArrayList<>();
    private final DiskStorage storage =
            new DiskStorage(
                    "vda",
                    device,
                    new TransferBuffers(
                            new DeviceFrames(new ArenaFrames(memory, Long.MAX_VALUE), "disks"),
                            BuddyAllocator.NO_LIMIT,
                            2,
                            2),
                    frames,
                    told::add);

    @BeforeEach
    void fill() {
        device.takesAnyMemory = true;
        new Random(1).nextBytes(disk);
    }

    /** With its bytes behind those of other ones. */
    private static ByteBuffer buffer(int offset, int length) {
        ByteBuffer all = ByteBuffer.allocateDirect(offset + length + 2 * PAGE).alignedSlice(PAGE);
        return all.position(offset).limit(offset + length);
    }

    private static long address(ByteBuffer buffer) {
        return MemorySegment.ofBuffer(buffer).address();
    }

    private static byte[] bytes(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"0, 4096", "0, 512", "512, 8192", "3584, 1024", "4096, 262144"})
    void theDeviceHasTheProgramsOwnMemory(int offset, int length) throws Exception {
        ByteBuffer to = buffer(offset, length);
        long page = Frames.roundDown(address(to), PAGE);
        storage.read(PLACE, to);
        assertFalse(to.hasRemaining());
        byte[] wanted = Arrays.copyOfRange(disk, PLACE, PLACE + length);
        assertArrayEquals(wanted, bytes(to, offset, length));
        ByteBuffer from = to.position(offset);
        storage.write(0, from);
        assertFalse(from.hasRemaining());
        assertArrayEquals(wanted, Arrays.copyOf(disk, length));
        assertEquals(List.of(page, page), device.buffers);
        assertEquals(List.of("read " + PLACE + " " + length, "write 0 " + length), device.calls);
        assertEquals(0, frames.kept);
    }

    /** Each of the pieces is where its frames are. */
    @Test
    void piecesAreTransferredTogether() throws Exception {
        frames.run = 20;
        int length = 70 * PAGE;
        ByteBuffer to = buffer(512, length);
        storage.read(PLACE, to);
        assertArrayEquals(Arrays.copyOfRange(disk, PLACE, PLACE + length), bytes(to, 512, length));
        assertEquals(1, device.together.size());
        assertTrue(device.calls.size() >= 4, device.calls::toString);
        new Random(2).nextBytes(disk);
        storage.write(PLACE, to.position(512));
        assertArrayEquals(Arrays.copyOfRange(disk, PLACE, PLACE + length), bytes(to, 512, length));
    }

    private void assertCopied(ByteBuffer to) throws Exception {
        int offset = to.position();
        int length = to.remaining();
        long page = Frames.roundDown(address(to), PAGE);
        storage.read(PLACE, to);
        assertArrayEquals(
                Arrays.copyOfRange(disk, PLACE, PLACE + length), bytes(to, offset, length));
        assertFalse(device.buffers.contains(page));
        storage.write(0, to.position(offset));
        assertFalse(to.hasRemaining());
        assertArrayEquals(Arrays.copyOf(disk, length), bytes(to, offset, length));
        assertFalse(device.buffers.contains(page));
    }

    /** What a block of the device begins in the middle of a word of, say. */
    @Test
    void memoryThatIsNotAtABlockIsCopied() throws Exception {
        assertCopied(buffer(511, PAGE));
        assertCopied(buffer(256, PAGE));
    }

    /** Of which each would be a request of its own. */
    @Test
    void memoryInManyPiecesIsCopied() throws Exception {
        frames.run = 10;
        assertCopied(buffer(0, 70 * PAGE));
        assertEquals(List.of(), device.together);
    }

    @Test
    void memoryThatDevicesDoNotFindIsCopied() throws Exception {
        frames.isNone = true;
        assertCopied(buffer(0, PAGE));
    }

    @Test
    void devicesThatDoNotReachItGetACopy() throws Exception {
        device.takesAnyMemory = false;
        assertCopied(buffer(0, PAGE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryThatTheDeviceMayStillWriteToIsKept(boolean isInPieces) {
        if (isInPieces) {
            frames.run = 20;
        }
        long length = 40 * PAGE;
        ByteBuffer to = buffer(512, (int) length);
        device.failure = new IOException("end", new BufferInUseException("kept", null));
        Fails.with(Errno.EIO, () -> storage.read(PLACE, to));
        assertEquals(1, frames.kept);
        assertEquals(List.of("vda: end"), told);
        assertEquals(512, to.position());
    }

    /** A driver that dies of an Error has told nobody what its device was about to do. */
    @Test
    void memoryIsKeptAfterAnError() {
        ByteBuffer from = buffer(0, PAGE);
        device.failure = new StackOverflowError();
        assertThrows(StackOverflowError.class, () -> storage.write(PLACE, from));
        assertEquals(1, frames.kept);
    }

    @Test
    void errorsAreThoseOfCopies() throws Exception {
        ByteBuffer to = buffer(0, PAGE);
        device.failure = new IOException("no medium");
        Fails.with(Errno.EIO, () -> storage.read(PLACE, to));
        device.failure = new IllegalArgumentException();
        Fails.with(Errno.EINVAL, () -> storage.write(PLACE, to));
        assertEquals(List.of("vda: no medium"), told);
        device.failure = null;
        device.readOnly = true;
        Fails.with(Errno.EROFS, () -> storage.write(PLACE, to));
        Fails.with(Errno.EINVAL, () -> storage.read(DISK_BYTES, to));
        assertEquals(0, frames.kept);
        assertEquals(0, to.position());
    }

    @Test
    void longOnesGoStepByStep() throws Exception {
        ByteBuffer to = buffer(0, 2 * STEP + PAGE);
        storage.read(PLACE, to);
        assertArrayEquals(
                Arrays.copyOfRange(disk, PLACE, PLACE + to.limit()), bytes(to, 0, to.limit()));
        assertEquals(
                List.of(
                        "read " + PLACE + " " + STEP,
                        "read " + (PLACE + STEP) + " " + STEP,
                        "read " + (PLACE + 2 * STEP) + " " + PAGE),
                device.calls);
    }

    /**
     * A slow disk has so many bytes under way and no more; who waits goes on when some are done.
     */
    @Test
    void allTogetherHaveALimit() throws Exception {
        int most = 8;
        int all = most + 3;
        Semaphore answers = new Semaphore(0);
        device.inTransfer = answers::acquireUninterruptibly;
        CountDownLatch read = new CountDownLatch(all);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < all; i++) {
            callers.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    storage.read(0, buffer(0, STEP));
                                    read.countDown();
                                } catch (FileException e) {
                                    throw new AssertionError(e);
                                }
                            }));
        }
        while (!callers.stream().allMatch(each -> each.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        assertEquals(most, device.calls.size());
        answers.release(all);
        read.await();
        assertEquals(all, device.calls.size());
    }
}
