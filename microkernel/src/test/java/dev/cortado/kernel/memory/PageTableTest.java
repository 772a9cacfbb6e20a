package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Intel SDM vol. 3A, 4.5: what the hardware would find. */
final class PageTableTest {
    private static final long END = 1024 * Frames.SIZE;
    private static final long RW = PageTable.PRESENT | PageTable.WRITABLE;
    private static final long UNMAPPED = -1;

    private final ArrayMemory memory = new ArrayMemory((int) END);
    private final BuddyAllocator frames = new BuddyAllocator(memory);
    private final PageTable pages = new PageTable(memory, frames);

    @BeforeEach
    void initialize() {
        frames.initialize(0, 0, END);
        frames.addRange(Frames.SIZE, END);
        assertTrue(pages.initialize(true));
    }

    /** Walks the tables as the memory management unit does. */
    private long walk(long virtual) {
        long table = pages.root();
        for (int shift = 39; ; shift -= 9) {
            long entry = memory.readLong(table + (virtual >>> shift & 511) * 8);
            if ((entry & 1) == 0) {
                return UNMAPPED;
            }
            long address = entry & 0x000f_ffff_ffff_f000L;
            if (shift == 12 || (shift < 39 && (entry & 0x80) != 0)) {
                return address + (virtual & (1L << shift) - 1);
            }
            table = address;
        }
    }

    @Test
    void mapsWithTheLargestPagesThatFit() {
        long virtual = 0x4000_0000_0000L - 0x20_1000;
        long physical = 0x8000_0000L - 0x20_1000;
        assertTrue(pages.mapRange(virtual, physical, 0x4040_3000L, RW, Frames.HUGE_SIZE));
        for (long offset = 0; offset < 0x4040_3000L; offset += 0x1000) {
            assertEquals(physical + offset + 5, walk(virtual + offset + 5));
        }
        assertEquals(UNMAPPED, walk(virtual - 1));
        assertEquals(UNMAPPED, walk(virtual + 0x4040_3000L));
        long tables = frames.totalFrames() - frames.freeFrames();
        assertTrue(tables < 12, tables + " tables for three sizes of page");
    }

    @Test
    void unmapsAndTellsWhatWasThere() {
        pages.map(0x1234_5000L, 0x7000, RW, Frames.SIZE);
        assertEquals(0x7000, PageTable.frame(pages.unmap(0x1234_5000L)));
        assertEquals(UNMAPPED, walk(0x1234_5000L));
        assertEquals(0, pages.unmap(0x1234_5000L));
        assertEquals(0, pages.unmap(0x7fff_1234_5000L));
    }

    @Test
    void noAccessKeepsTheFrame() {
        pages.map(0x1000, 0x7000, RW, Frames.SIZE);
        assertTrue(pages.protect(0x1000, PageTable.COMMITTED));
        assertEquals(UNMAPPED, walk(0x1000));
        assertEquals(0x7000, PageTable.frame(pages.entry(0x1000)));
        assertTrue(pages.protect(0x1000, RW));
        assertEquals(0x7000, walk(0x1000));
        assertFalse(pages.protect(0x2000, RW));
    }

    @Test
    void aLargePageIsOnePage() {
        long virtual = 6 * Frames.LARGE_SIZE;
        assertTrue(pages.isVacant(virtual));
        assertTrue(pages.map(virtual, Frames.LARGE_SIZE, RW, Frames.LARGE_SIZE));
        assertFalse(pages.isVacant(virtual));
        long entry = pages.entry(virtual + 0x12_3000);
        assertEquals(Frames.LARGE_SIZE, PageTable.frame(entry));
        assertEquals(Frames.LARGE_SIZE, PageTable.size(entry));
        assertEquals(Frames.LARGE_SIZE + 0x12_3456, walk(virtual + 0x12_3456));
        assertTrue(pages.protect(virtual, PageTable.COMMITTED));
        assertEquals(UNMAPPED, walk(virtual));
        assertEquals(Frames.LARGE_SIZE, PageTable.size(pages.entry(virtual)), "still one");
        assertTrue(pages.protect(virtual, RW));
        assertEquals(Frames.LARGE_SIZE + 5, walk(virtual + 5));
        assertEquals(Frames.LARGE_SIZE, PageTable.frame(pages.unmap(virtual)));
        assertTrue(pages.isVacant(virtual));
        assertEquals(UNMAPPED, walk(virtual));
        pages.map(virtual, 0x7000, RW, Frames.SIZE);
        assertFalse(pages.isVacant(virtual), "there is a table");
    }

    @Test
    void emptyTablesAreDetachedAndFullOnesStay() {
        long span = Frames.LARGE_SIZE;
        long begin = 10 * span;
        long used = frames.freeFrames();
        for (int i = 0; i < 4; i++) {
            pages.map(begin + i * span + 0x3000, 0x7000, RW, Frames.SIZE);
        }
        pages.unmap(begin + 0x3000);
        pages.unmap(begin + 2 * span + 0x3000);
        pages.unmap(begin + 3 * span + 0x3000);
        // The second is not empty, and the last one is somebody else's.
        assertEquals(2, freeEmptyTables(begin, 3 * span));
        assertEquals(0x7000, walk(begin + span + 0x3000));
        assertEquals(UNMAPPED, walk(begin + 0x3000));
        assertTrue(pages.map(begin + 0x3000, 0x9000, RW, Frames.SIZE));
        assertEquals(0x9000, walk(begin + 0x3000));
        pages.unmap(begin + 0x3000);
        pages.unmap(begin + span + 0x3000);
        assertEquals(3, freeEmptyTables(begin, 4 * span));
        assertEquals(2, used - frames.freeFrames(), "the tables above stay");
        assertEquals(0, freeEmptyTables(begin, 4 * span));
    }

    /** Most regions are smaller than what a table maps; the last page to go takes it along. */
    @Test
    void tableOfManySmallRegionsIsDetachedWithTheLastOfThem() {
        long begin = 10 * Frames.LARGE_SIZE;
        pages.map(begin, 0x7000, RW, Frames.SIZE);
        pages.map(begin + 0x1000, 0x8000, PageTable.COMMITTED, Frames.SIZE);
        long tables = pages.tables();
        pages.unmap(begin);
        assertEquals(0, freeEmptyTables(begin, Frames.SIZE));
        pages.unmap(begin + 0x1000);
        assertEquals(1, freeEmptyTables(begin + 0x1000, Frames.SIZE));
        assertEquals(tables - 1, pages.tables());
    }

    /** How many there were. */
    private int freeEmptyTables(long begin, long bytes) {
        int count = 0;
        long chain = pages.detachEmptyTables(begin, bytes, BuddyAllocator.NONE);
        while (chain != BuddyAllocator.NONE) {
            long next = pages.nextDetached(chain);
            frames.free(chain, 0);
            chain = next;
            count++;
        }
        return count;
    }

    @Test
    void largePagesAreNoTables() {
        pages.mapRange(0x4000_0000L, 0x4000_0000L, 4 * Frames.LARGE_SIZE, RW, Frames.LARGE_SIZE);
        assertEquals(
                BuddyAllocator.NONE,
                pages.detachEmptyTables(0x4000_0000L, 4 * Frames.LARGE_SIZE, BuddyAllocator.NONE));
        assertEquals(0x4000_0000L, walk(0x4000_0000L));
    }

    @Test
    void executeDisableIsLeftOutWhereTheCpuHasNone() {
        pages.map(0x1000, 0x7000, RW | PageTable.NO_EXECUTE, Frames.SIZE);
        assertTrue(pages.entry(0x1000) < 0, "bit 63");
        pages.initialize(false);
        pages.map(0x1000, 0x7000, RW | PageTable.NO_EXECUTE, Frames.SIZE);
        assertEquals(0x7000 | RW, pages.entry(0x1000));
    }

    @Test
    void saysWhenTheTablesDoNotFit() {
        while (frames.allocate(0) != BuddyAllocator.NONE) {
            // until nothing is left
        }
        assertFalse(pages.map(0x1000, 0x7000, RW, Frames.SIZE));
    }
}
