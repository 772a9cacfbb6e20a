package dev.cortado.drivers.xen.ipc;

import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import java.util.Arrays;

/**
 * Whole pages of RAM for connections. They come from the kernel's heap in blocks, whose first page
 * has the heap's header, and stay here: connections come again.
 */
final class PagePool {
    /** The pages of a block, less the heap's. */
    private static final int PAGES = 15;

    private static final long BLOCK_BYTES = PAGES * Frames.SIZE;

    private static final VirtualMemory MEMORY = new VirtualMemory();

    private long[] free = new long[PAGES];
    private int count;

    /** The address of a page of zeros, 0 if there is no memory. */
    synchronized long take() {
        if (count == 0) {
            long block = Memory.allocate(BLOCK_BYTES);
            if (block == 0) {
                return 0;
            }
            long first = Frames.roundUp(block, Frames.SIZE);
            long end = block + Memory.usableBytes(block);
            for (long page = first; end - page >= Frames.SIZE; page += Frames.SIZE) {
                add(page);
            }
        }
        long page = free[--count];
        for (int offset = 0; offset < Frames.SIZE; offset += Long.BYTES) {
            MEMORY.writeLong(page + offset, 0);
        }
        return page;
    }

    synchronized void give(long page) {
        add(page);
    }

    private void add(long page) {
        if (count == free.length) {
            free = Arrays.copyOf(free, 2 * count);
        }
        free[count++] = page;
    }

    /** The number of the frame that a page is in. */
    static long frame(long page) {
        return DirectMap.toPhysical(page) >>> Frames.SHIFT;
    }
}
