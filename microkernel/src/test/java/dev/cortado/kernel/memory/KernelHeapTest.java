package dev.cortado.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KernelHeapTest {
    private static final long END = 4096 * Frames.SIZE;

    private record Block(long address, int bytes, byte mark) {}

    private final ArrayMemory memory = new ArrayMemory((int) END);
    private final BuddyAllocator frames = new BuddyAllocator(memory);
    private final KernelHeap heap = new KernelHeap(memory, frames);

    @BeforeEach
    void useAll() {
        frames.initialize(0, 0, END);
        frames.addRange(Frames.SIZE, END);
    }

    @Test
    void blocksAreAlignedAndLargeEnough() {
        for (int bytes : new int[] {0, 1, 16, 17, 100, 2016, 2017, 4032, 4096, 100_000}) {
            long address = heap.allocate(bytes);
            assertTrue(Frames.isAligned(address, 16), "address " + address);
            assertTrue(heap.usableBytes(address) >= bytes, bytes + " bytes");
            assertTrue(heap.free(address));
        }
    }

    /** A page for the header is all that a block may cost besides. */
    @Test
    void largeBlocksTakeNoMoreThanTheyNeed() {
        for (int bytes : new int[] {4096, 5000, 8192, 33_000, 65_536, 1 << 20, (1 << 20) + 1}) {
            long before = frames.freeFrames();
            long address = heap.allocate(bytes);
            long taken = before - frames.freeFrames() << Frames.SHIFT;
            assertTrue(taken <= bytes + Frames.SIZE + 64, bytes + " bytes take " + taken);
            assertTrue(heap.free(address));
            assertEquals(before, frames.freeFrames());
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertEquals(KernelHeap.NONE, heap.allocate(END));
        assertEquals(KernelHeap.NONE, heap.allocate(-1));
        assertEquals(KernelHeap.NONE, heap.allocate(Long.MAX_VALUE));
    }

    @Test
    void knowsWhatItNeverGave() {
        long address = heap.allocate(100_000);
        assertFalse(heap.free(address + 16));
        assertTrue(heap.free(address));
        assertFalse(heap.free(address), "freed twice");
    }

    @Test
    void emptySlabsGoBack() {
        long before = frames.freeFrames();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            addresses.add(heap.allocate(48));
        }
        assertTrue(frames.freeFrames() < before);
        addresses.forEach(heap::free);
        assertEquals(before, frames.freeFrames());
    }

    /** Blocks of random sizes keep what is written into them, and nothing leaks. */
    @Test
    void blocksDoNotOverlap() {
        long before = frames.freeFrames();
        Random random = new Random(7);
        List<Block> blocks = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (blocks.size() < 300 && random.nextBoolean()) {
                int bytes = 1 << random.nextInt(14);
                bytes += random.nextInt(bytes);
                byte mark = (byte) random.nextInt();
                long address = heap.allocate(bytes);
                if (address != KernelHeap.NONE) {
                    memory.fill(address, address + bytes, mark);
                    blocks.add(new Block(address, bytes, mark));
                }
            } else if (!blocks.isEmpty()) {
                release(blocks.remove(random.nextInt(blocks.size())));
            }
        }
        blocks.forEach(this::release);
        assertEquals(before, frames.freeFrames());
    }

    private void release(Block block) {
        for (int i = 0; i < block.bytes; i++) {
            assertEquals(block.mark, memory.readByte(block.address + i));
        }
        assertTrue(heap.free(block.address));
    }
}
