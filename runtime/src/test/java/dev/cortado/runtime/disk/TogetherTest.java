package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.storage.StoragePart;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a disk that are written together, and zeros. */
class TogetherTest {
    private static final int PAGE = 4096;
    private static final int DISK_BYTES = 4 << 20;
    private static final int SMALL_PAGES = TransferBuffers.SMALL_BYTES / PAGE;

    @AutoClose private final Arena memory = Arena.ofConfined();
    private final byte[] disk = new byte[DISK_BYTES];
    private final FakeDevice device = new FakeDevice(disk);
    private final List<String> told = new ArrayList<>();

    private DiskStorage storage(int small, int large) {
        DeviceFrames frames = new DeviceFrames(new ArenaFrames(memory, Long.MAX_VALUE), "disks");
        return new DiskStorage(
                "vda",
                device,
                new TransferBuffers(frames, BuddyAllocator.NO_LIMIT, small, large),
                new FakeFrames(),
                told::add);
    }

    /** Every other page of the disk, with other bytes each. */
    private static List<StoragePart> pages(int count) {
        List<StoragePart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[PAGE];
            new Random(i).nextBytes(bytes);
            parts.add(new StoragePart(2L * i * PAGE, ByteBuffer.wrap(bytes)));
        }
        return parts;
    }

    private void assertWritten(List<StoragePart> parts) {
        for (StoragePart part : parts) {
            assertFalse(part.bytes().hasRemaining());
            int at = (int) part.position();
            byte[] wanted = part.bytes().array();
            assertArrayEquals(wanted, Arrays.copyOfRange(disk, at, at + wanted.length));
        }
    }

    /** As many at once as a buffer has room for. */
    @ParameterizedTest
    @CsvSource({"4, 4, 256", "1, 0, 16"})
    void asManyAreGivenToTheDeviceAsABufferHasRoomFor(int small, int large, int most)
            throws Exception {
        List<StoragePart> parts = pages(300);
        storage(small, large).writeAll(parts);
        assertWritten(parts);
        assertEquals(300, device.calls.size());
        assertEquals(most, device.together.getFirst());
        assertEquals(Math.ceilDiv(300, most), device.together.size());
    }

    /** One that is longer than a buffer, and one that only begins in it. */
    @Test
    void partsAreCutWhereABufferEnds() throws Exception {
        List<StoragePart> parts = new ArrayList<>();
        long position = 0;
        for (int length : new int[] {512, 3 * TransferBuffers.SMALL_BYTES, 0, 1024}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            parts.add(new StoragePart(position, ByteBuffer.wrap(bytes)));
            position += length + 512;
        }
        storage(1, 0).writeAll(parts);
        assertWritten(parts);
        assertEquals(
                List.of(
                        "write 0 512",
                        "write 1024 65024",
                        "write 66048 65536",
                        "write 131584 65536",
                        "write 197120 512",
                        "write 198656 1024"),
                device.calls);
    }

    /** The others are written nevertheless, and of several errors one is told. */
    @ParameterizedTest
    @ValueSource(longs = {6 * PAGE, -PAGE, 1, DISK_BYTES})
    void oneThatFailsKeepsNoOtherFromTheDisk(long place) throws Exception {
        device.badPlace = 6 * PAGE;
        List<StoragePart> parts = pages(2 * SMALL_PAGES);
        parts.set(3, new StoragePart(place, ByteBuffer.wrap(new byte[PAGE])));
        DiskStorage storage = storage(1, 0);
        Errno errno = place == device.badPlace ? Errno.EIO : Errno.EINVAL;
        Fails.with(errno, () -> storage.writeAll(parts));
        parts.remove(3);
        assertWritten(parts);
        assertEquals(errno == Errno.EIO ? 1 : 0, told.size());
    }

    /** One that is longer than a buffer, too. */
    @ParameterizedTest
    @CsvSource({"4, 4", "1, 0"})
    void partsAreReadTogether(int small, int large) throws Exception {
        new Random(1).nextBytes(disk);
        List<StoragePart> parts = new ArrayList<>();
        parts.add(new StoragePart(512, ByteBuffer.allocate(3 * TransferBuffers.SMALL_BYTES)));
        for (int i = 0; i < 100; i++) {
            parts.add(new StoragePart(3L * i * PAGE, ByteBuffer.allocate(PAGE)));
        }
        storage(small, large).readAll(parts);
        for (StoragePart part : parts) {
            assertFalse(part.bytes().hasRemaining());
            int at = (int) part.position();
            byte[] there = Arrays.copyOfRange(disk, at, at + part.bytes().capacity());
            assertArrayEquals(there, part.bytes().array());
        }
        assertEquals(small == 1 ? 10 : 1, device.together.size());
    }

    @Test
    void whatCannotBeReadIsAnError() {
        device.badPlace = 6 * PAGE;
        DiskStorage storage = storage(1, 0);
        List<StoragePart> parts = pages(5);
        parts.forEach(part -> part.bytes().clear());
        Fails.with(Errno.EIO, () -> storage.readAll(parts));
        Fails.with(
                Errno.EINVAL,
                () -> storage.readAll(List.of(new StoragePart(1, ByteBuffer.allocate(PAGE)))));
        assertEquals(1, told.size());
    }

    @Test
    void aBufferThatTheDeviceHasKeptIsNotUsedAgain() throws Exception {
        DiskStorage storage = storage(1, 0);
        storage.writeAll(pages(2));
        long first = device.buffers.getLast();
        device.badPlace = 2 * PAGE;
        device.badEnd = new BufferInUseException("it does not answer", null);
        Fails.with(Errno.EIO, () -> storage.writeAll(pages(2)));
        assertEquals(first, device.buffers.getLast());
        Fails.with(Errno.EIO, () -> storage.writeAll(pages(2)));
        assertEquals("vda: no memory that a disk could read or write", told.getLast());
    }

    @Test
    void aDiskThatIsReadOnlyIsNotWritten() {
        device.readOnly = true;
        Fails.with(Errno.EROFS, () -> storage(1, 0).writeAll(pages(1)));
        assertEquals(List.of(), device.calls);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void zerosAreTheDevicesWhereItWritesThem(boolean can) throws Exception {
        Arrays.fill(disk, (byte) 1);
        device.writesZeroes = can;
        storage(1, 1).zero(PAGE, 300 * PAGE);
        assertEquals(1, disk[PAGE - 1]);
        assertEquals(1, disk[301 * PAGE]);
        assertArrayEquals(new byte[300 * PAGE], Arrays.copyOfRange(disk, PAGE, 301 * PAGE));
        String call = can ? "zeros 4096 1228800" : "write 4096 262144";
        assertEquals(call, device.calls.getFirst());
        assertEquals(can ? 1 : 5, device.calls.size());
    }

    /** QEMU's over some file systems. */
    @Test
    void oneThatCannotAfterAllIsSentZeros() throws Exception {
        Arrays.fill(disk, (byte) 1);
        device.writesZeroes = true;
        device.zeroesEnd = new IOException("a request that it does not know");
        storage(1, 1).zero(0, PAGE);
        assertArrayEquals(new byte[PAGE], Arrays.copyOf(disk, PAGE));
        assertEquals(1, disk[PAGE]);
        assertEquals(List.of(), told);
        Fails.with(Errno.EINVAL, () -> storage(1, 1).zero(DISK_BYTES, PAGE));
    }
}
