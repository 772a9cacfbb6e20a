package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.DeviceMemory;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.PageCaching;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.PooledFrames;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.pc.PcInterrupts;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that devices see, and memory of devices, in whose place are frames here. */
final class DeviceMemoryTest {
    private static final long LARGE = 2 * Frames.LARGE_SIZE;

    /** What other threads may need meanwhile, in bytes. */
    private static final long LITTLE = 8 * Frames.SIZE;

    /** Of each test, since there is none on HotSpot. */
    private final VirtualMemory memory = new VirtualMemory();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
        // PV domains map no frames of their own as a device's.
        assumeTrue(Interrupts.controller() instanceof PcInterrupts, "there are no devices");
    }

    private static DeviceFrames frames() {
        return new DeviceFrames(new PooledFrames(), "test");
    }

    @Test
    void framesAreZeroedAndGivenBack() throws IOException {
        long before = Memory.freeBytes();
        try (DeviceFrames frames = frames()) {
            for (int i = 0; i < 20; i++) {
                DeviceBlock block = frames.allocate(3 * Frames.SIZE, 256 << 20);
                assertEquals(4 * Frames.SIZE, block.bytes());
                assertTrue(block.device() + block.bytes() <= 256 << 20);
                assertEquals(0, block.device() % block.bytes());
                for (int at = 0; at < block.bytes(); at += Long.BYTES) {
                    assertEquals(0, memory.readLong(block.address() + at));
                    memory.writeLong(block.address() + at, -1);
                }
                if (i % 2 == 0) {
                    frames.free(block);
                }
            }
            assertThrows(IOException.class, () -> frames.allocate(1, 0));
        }
        Deadline.until("free frames", () -> before - Memory.freeBytes() <= LITTLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {PageCaching.UNCACHED, PageCaching.WRITE_COMBINING})
    void whatIsMappedIsThereAndThenGone(int caching) throws IOException {
        long tables = Memory.pageTableBytes();
        try (DeviceFrames frames = frames()) {
            DeviceBlock block = frames.allocate(LARGE, BuddyAllocator.NO_LIMIT);
            long[][] parts = {
                {0, LARGE},
                {0, Frames.LARGE_SIZE + Frames.SIZE},
                {Frames.SIZE, 300 * Frames.SIZE},
                {0x1230, 0x10},
                {0xff8, 0x10},
            };
            for (long[] part : parts) {
                check(block, part[0], part[1], caching);
            }
        }
        Deadline.until("page tables", () -> Memory.pageTableBytes() - tables <= LITTLE);
    }

    private void check(DeviceBlock block, long offset, long bytes, int caching) {
        long mapped = DeviceMemory.map(block.device() + offset, bytes, caching);
        assertTrue(mapped != 0);
        assertEquals(offset % Frames.SIZE, mapped % Frames.SIZE);
        for (long at = 0; at < bytes; at += Math.max(Long.BYTES, bytes / 500 & -Long.BYTES)) {
            memory.writeLong(mapped + at, at ^ bytes);
        }
        memory.fullFence();
        for (long at = 0; at < bytes; at += Math.max(Long.BYTES, bytes / 500 & -Long.BYTES)) {
            assertEquals(at ^ bytes, memory.readLong(block.address() + offset + at), "at " + at);
        }
        assertTrue(Pages.isPresent(mapped));
        assertTrue(DeviceMemory.unmap(mapped, bytes));
        assertFalse(Pages.isPresent(mapped));
        assertFalse(Pages.isPresent(mapped + bytes - 1));
        assertFalse(DeviceMemory.unmap(mapped, bytes), "twice");
    }

    @Test
    void placesAreUsedAgain() throws IOException {
        try (DeviceFrames frames = frames()) {
            DeviceBlock block = frames.allocate(LARGE, BuddyAllocator.NO_LIMIT);
            long first = DeviceMemory.map(block.device(), LARGE, PageCaching.UNCACHED);
            DeviceMemory.unmap(first, LARGE);
            for (int i = 0; i < 100; i++) {
                long next = DeviceMemory.map(block.device(), LARGE, PageCaching.UNCACHED);
                assertEquals(first, next);
                assertTrue(DeviceMemory.unmap(next, LARGE));
            }
        }
    }
}
