package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AddressRangesTest {
    private static final long BASE = 0x2000_0000_0000L;
    private static final int PAGES = 512;
    private static final long PAGE = Frames.SIZE;
    private static final long HEAP_END = 64 * PAGE;

    private final ArrayMemory memory = new ArrayMemory((int) HEAP_END);
    private final BuddyAllocator frames = new BuddyAllocator(memory);
    private final KernelHeap heap = new KernelHeap(memory, frames);
    private final AddressRanges ranges = new AddressRanges(memory, heap, BASE, BASE + PAGES * PAGE);

    @BeforeEach
    void initialize() {
        frames.initialize(0, 0, HEAP_END);
        frames.addRange(PAGE, HEAP_END);
    }

    @Test
    void alignsAndMerges() {
        assertEquals(BASE, ranges.reserve(PAGE, PAGE));
        assertEquals(BASE + 16 * PAGE, ranges.reserve(PAGE, 16 * PAGE));
        assertTrue(ranges.release(BASE, PAGE));
        assertTrue(ranges.release(BASE + 16 * PAGE, PAGE));
        assertEquals(BASE, ranges.reserve(PAGES * PAGE, PAGE));
        assertEquals(AddressRanges.NONE, ranges.reserve(PAGE, PAGE));
    }

    @Test
    void refusesWhatIsFreeAlready() {
        long begin = ranges.reserve(4 * PAGE, PAGE);
        assertFalse(ranges.release(begin + 2 * PAGE, 4 * PAGE));
        assertTrue(ranges.release(begin + PAGE, PAGE));
        assertFalse(ranges.release(begin, 4 * PAGE));
        assertFalse(ranges.release(begin + PAGE, PAGE));
    }

    @Test
    void refusesWhatIsOutside() {
        ranges.reserve(PAGES * PAGE, PAGE);
        assertFalse(ranges.release(BASE - PAGE, PAGE));
        assertFalse(ranges.release(BASE + PAGES * PAGE, PAGE));
        assertFalse(ranges.release(BASE + (PAGES - 1) * PAGE, 2 * PAGE));
        assertFalse(ranges.release(BASE, -PAGE));
        assertFalse(ranges.release(BASE + PAGE, Long.MAX_VALUE));
        assertTrue(ranges.release(BASE, PAGES * PAGE));
    }

    @Test
    void withoutMemoryForAHoleNothingChanges() {
        assertEquals(BASE, ranges.reserve(PAGES * PAGE, PAGE));
        assertTrue(ranges.release(BASE, PAGE));
        List<Long> blocks = new ArrayList<>();
        for (long block = heap.allocate(HoleTree.NODE_BYTES);
                block != KernelHeap.NONE;
                block = heap.allocate(HoleTree.NODE_BYTES)) {
            blocks.add(block);
        }
        assertFalse(ranges.release(BASE + 2 * PAGE, PAGE));
        assertTrue(ranges.release(BASE + PAGE, PAGE), "it joins a hole that is known");
        blocks.forEach(heap::free);
        assertTrue(ranges.release(BASE + 3 * PAGE, PAGE));
        assertEquals(BASE, ranges.reserve(2 * PAGE, PAGE));
        assertEquals(BASE + 3 * PAGE, ranges.reserve(PAGE, PAGE));
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertEquals(AddressRanges.NONE, ranges.reserve(0, PAGE));
        assertEquals(AddressRanges.NONE, ranges.reserve((PAGES + 1) * PAGE, PAGE));
        assertEquals(AddressRanges.NONE, ranges.reserve(Long.MAX_VALUE, PAGE));
    }

    /** However many holes there are, each call reads few of them: interrupts are off. */
    @Test
    void manyHolesCostLittle() {
        int count = 2_000;
        long all = 8L * count * PAGE;
        AddressRanges many = new AddressRanges(memory, heap, BASE, BASE + all);
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(many.reserve(4 * PAGE, PAGE));
        }
        for (int i = 0; i < count; i += 2) {
            assertTrue(many.release(taken.get(i), 4 * PAGE));
        }
        long before = memory.reads();
        assertEquals(BASE, many.reserve(4 * PAGE, PAGE));
        assertTrue(many.release(BASE, 4 * PAGE));
        long last = taken.get(count - 2);
        assertFalse(many.release(last, 4 * PAGE), "free already");
        assertTrue(many.reserve(5 * PAGE, PAGE) > last, "the rest behind all of them");
        long reads = memory.reads() - before;
        assertTrue(reads < 4_000, reads + " reads");
    }

    /** Against a bit a page. */
    @Test
    void agreesWithTheModel() {
        BitSet used = new BitSet(PAGES);
        List<long[]> reserved = new ArrayList<>();
        Random random = new Random(11);
        for (int step = 0; step < 50_000; step++) {
            if (random.nextInt(100) < 55) {
                int pages = 1 + random.nextInt(20);
                long begin = ranges.reserve(pages * PAGE, PAGE << random.nextInt(4));
                if (begin != AddressRanges.NONE) {
                    int first = (int) ((begin - BASE) / PAGE);
                    assertEquals(0, used.get(first, first + pages).cardinality());
                    used.set(first, first + pages);
                    reserved.add(new long[] {begin, pages});
                }
            } else if (!reserved.isEmpty()) {
                long[] each = reserved.remove(random.nextInt(reserved.size()));
                int first = (int) ((each[0] - BASE) / PAGE);
                assertTrue(ranges.release(each[0], each[1] * PAGE));
                used.clear(first, first + (int) each[1]);
            }
        }
        reserved.forEach(each -> assertTrue(ranges.release(each[0], each[1] * PAGE)));
        assertEquals(BASE, ranges.reserve(PAGES * PAGE, PAGE));
        assertEquals(0, frames.totalFrames() - frames.freeFrames(), "no holes, no memory");
    }
}
