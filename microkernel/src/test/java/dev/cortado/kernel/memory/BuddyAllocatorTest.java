package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BuddyAllocatorTest {
    private static final int FRAMES = 2048;
    private static final long END = FRAMES * Frames.SIZE;

    private record Block(long address, int order) {}

    private final ArrayMemory memory = new ArrayMemory((int) END);
    private final BuddyAllocator allocator = new BuddyAllocator(memory);

    /** All frames but the first, which holds the metadata. */
    private void useAll() {
        allocator.initialize(0, 0, END);
        allocator.addRange(Frames.SIZE, END);
    }

    @Test
    void countsWhatItHas() {
        useAll();
        assertEquals(FRAMES - 1, allocator.totalFrames());
        assertEquals(FRAMES - 1, allocator.freeFrames());
    }

    @Test
    void mergesBackToTheLargestBlock() {
        useAll();
        int largest = 10; // 1024 frames: the upper half
        long upper = allocator.allocate(largest);
        assertEquals(END / 2, upper);
        allocator.free(upper, largest);
        List<Long> frames = new ArrayList<>();
        for (long f = allocator.allocate(0); f != BuddyAllocator.NONE; f = allocator.allocate(0)) {
            frames.add(f);
        }
        assertEquals(FRAMES - 1, frames.size());
        assertEquals(BuddyAllocator.NONE, allocator.allocate(largest));
        Collections.shuffle(frames, new Random(1));
        frames.forEach(f -> allocator.free(f, 0));
        assertEquals(END / 2, allocator.allocate(largest));
    }

    @Test
    void largeFreeBlocksAreNotTouched() {
        byte old = 0x55;
        memory.fill(0, END, old);
        useAll();
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            blocks.add(allocator.allocate(Frames.LARGE_ORDER));
        }
        assertEquals(BuddyAllocator.NONE, allocator.allocate(Frames.LARGE_ORDER));
        blocks.forEach(block -> allocator.free(block, Frames.LARGE_ORDER));
        assertEquals(END / 2, allocator.allocate(Frames.LARGE_ORDER + 1), "merged again");
        for (long at = Frames.LARGE_SIZE; at < END; at++) {
            assertEquals(old, memory.readByte(at), at + " was written");
        }
    }

    @Test
    void rangesTakeNoMoreThanTheyNeed() {
        useAll();
        List<Long> ranges = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ranges.add(allocator.allocateRange(129));
        }
        assertEquals(FRAMES - 1 - 7 * 129, allocator.freeFrames());
        ranges.forEach(r -> allocator.freeRange(r, r + 129 * Frames.SIZE));
        assertEquals(FRAMES - 1, allocator.freeFrames());
        assertEquals(END / 2, allocator.allocate(10), "merged again");
        assertEquals(BuddyAllocator.NONE, allocator.allocateRange(FRAMES));
    }

    @Test
    void blocksBelowALimit() {
        useAll();
        long limit = 300 * Frames.SIZE;
        int count = 0;
        for (long block = allocator.allocate(4, limit);
                block != BuddyAllocator.NONE;
                block = allocator.allocate(4, limit)) {
            assertTrue(block + 16 * Frames.SIZE <= limit, "block " + block);
            assertTrue(Frames.isAligned(block, 16 * Frames.SIZE));
            count++;
        }
        assertEquals(17, count, "18 of 16 frames, less the one that the first frame is missing in");
        assertEquals(BuddyAllocator.NONE, allocator.allocate(-1, limit));
        assertEquals(BuddyAllocator.NONE, allocator.allocate(BuddyAllocator.MAX_ORDER + 1, limit));
        assertEquals(BuddyAllocator.NONE, allocator.allocate(0, 0));
        assertNotEquals(BuddyAllocator.NONE, allocator.allocate(4, BuddyAllocator.NO_LIMIT));
    }

    @Test
    void whatIsWithdrawnDoesNotCount() {
        useAll();
        long first = allocator.withdraw();
        long second = allocator.withdraw();
        assertNotEquals(first, second);
        assertEquals(FRAMES - 3, allocator.totalFrames());
        assertEquals(FRAMES - 3, allocator.freeFrames());
        allocator.restore(second);
        allocator.restore(first);
        assertEquals(FRAMES - 1, allocator.totalFrames());
        assertEquals(END / 2, allocator.allocate(10));
        long frame = allocator.withdraw();
        while (frame != BuddyAllocator.NONE) {
            frame = allocator.withdraw();
        }
        assertEquals(1024, allocator.totalFrames());
        assertEquals(0, allocator.freeFrames());
    }

    @Test
    void refusesOrdersThatDoNotExist() {
        useAll();
        assertEquals(BuddyAllocator.NONE, allocator.allocate(-1));
        assertEquals(BuddyAllocator.NONE, allocator.allocate(BuddyAllocator.MAX_ORDER + 1));
        assertEquals(BuddyAllocator.NONE, allocator.allocate(BuddyAllocator.MAX_ORDER));
    }

    @Test
    void leavesHolesAlone() {
        allocator.initialize(0, 0, END);
        allocator.addRange(3 * Frames.SIZE + 1, 9 * Frames.SIZE - 1);
        allocator.addRange(20 * Frames.SIZE, 21 * Frames.SIZE);
        BitSet given = new BitSet();
        for (long f = allocator.allocate(0); f != BuddyAllocator.NONE; f = allocator.allocate(0)) {
            given.set((int) (f / Frames.SIZE));
        }
        BitSet expected = new BitSet();
        expected.set(4, 8);
        expected.set(20);
        assertEquals(expected, given);
    }

    /** Against a model that knows each frame's owner. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverGivesAFrameTwice(long seed) {
        useAll();
        Random random = new Random(seed);
        BitSet owned = new BitSet(FRAMES);
        List<Block> blocks = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (blocks.isEmpty() || random.nextInt(100) < 55) {
                int order = random.nextInt(7);
                long address = allocator.allocate(order);
                if (address == BuddyAllocator.NONE) {
                    release(blocks.remove(random.nextInt(blocks.size())), owned);
                    continue;
                }
                int first = (int) (address / Frames.SIZE);
                assertTrue(Frames.isAligned(address, Frames.SIZE << order));
                assertNotEquals(0, first, "the metadata was given away");
                assertEquals(0, owned.get(first, first + (1 << order)).cardinality());
                owned.set(first, first + (1 << order));
                memory.fill(address, address + (Frames.SIZE << order), (byte) 0x5a);
                blocks.add(new Block(address, order));
            } else {
                release(blocks.remove(random.nextInt(blocks.size())), owned);
            }
            assertEquals(FRAMES - 1 - owned.cardinality(), allocator.freeFrames());
        }
    }

    private void release(Block block, BitSet owned) {
        int first = (int) (block.address / Frames.SIZE);
        owned.clear(first, first + (1 << block.order));
        allocator.free(block.address, block.order);
    }
}
