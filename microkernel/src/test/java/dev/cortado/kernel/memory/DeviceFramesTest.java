package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceFramesTest {
    private static final long BYTES = 1 << 20;

    private final HostMemory memory = new HostMemory(BYTES);
    private final HostFrames source = new HostFrames(memory, BYTES);
    private final DeviceFrames frames = new DeviceFrames(source, "test 0");

    @Test
    void aBlockIsZeroedAndHasTwoAddresses() throws IOException {
        memory.writeLong(HostMemory.BASE, -1);
        DeviceBlock block = frames.allocate(5000, BuddyAllocator.NO_LIMIT);
        assertEquals(2 * Frames.SIZE, block.bytes());
        assertEquals(block.address() + HostFrames.DEVICE_OFFSET, block.device());
        for (long i = 0; i < block.bytes(); i += 8) {
            assertEquals(0, memory.readLong(block.address() + i));
        }
    }

    @Test
    void allIsGivenBackWithItsOwner() throws IOException {
        long before = source.freeBytes();
        Random random = new Random(5);
        List<DeviceBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            blocks.add(frames.allocate(1 + random.nextInt(20_000), BuddyAllocator.NO_LIMIT));
        }
        frames.free(blocks.get(7));
        assertEquals(before - frames.bytes(), source.freeBytes());
        frames.close();
        assertEquals(before, source.freeBytes());
        assertThrows(IllegalStateException.class, () -> frames.allocate(1, 1L << 40));
    }

    @Test
    void aBlockIsGivenBackOnce() throws IOException {
        DeviceBlock block = frames.allocate(1, BuddyAllocator.NO_LIMIT);
        frames.free(block);
        assertThrows(IllegalArgumentException.class, () -> frames.free(block));
    }

    @Test
    void addressesStayBelowTheLimit() {
        long limit = HostFrames.DEVICE_OFFSET + HostMemory.BASE + 8 * Frames.SIZE;
        long taken = 0;
        IOException full = null;
        while (full == null) {
            try {
                DeviceBlock block = frames.allocate(1, limit);
                assertTrue(block.device() + block.bytes() <= limit);
                taken++;
            } catch (IOException e) {
                full = e;
            }
        }
        assertTrue(taken > 0 && full.getMessage().startsWith("test 0: no 1 bytes"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 30) + 1})
    void aSizeThatCannotBeIsRefused(long bytes) {
        assertThrows(
                IllegalArgumentException.class,
                () -> frames.allocate(bytes, BuddyAllocator.NO_LIMIT));
    }

    @Test
    void placesOutsideABlockAreRefused() throws IOException {
        DeviceBlock block = frames.allocate(1, BuddyAllocator.NO_LIMIT);
        assertEquals(block.device() + 4095, block.deviceAddress(4095, 1));
        for (long[] place : new long[][] {{4095, 2}, {-1, 1}, {0, -1}, {0, Long.MAX_VALUE}}) {
            assertThrows(
                    IndexOutOfBoundsException.class, () -> block.deviceAddress(place[0], place[1]));
            assertThrows(IndexOutOfBoundsException.class, () -> block.address(place[0], place[1]));
        }
    }
}
