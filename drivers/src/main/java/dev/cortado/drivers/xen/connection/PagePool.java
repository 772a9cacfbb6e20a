package dev.cortado.drivers.xen.connection;

import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.VirtualMemory;
import java.util.Arrays;

/**
 * Whole pages of RAM for connections. They stay here when nobody has them: connections come again.
 */
public final class PagePool {
    private static final int USUAL_PAGES = 16;

    private static final VirtualMemory MEMORY = new VirtualMemory();

    private long[] free = new long[USUAL_PAGES];
    private int count;

    /** The address of a page of zeros, 0 if there is no memory. */
    synchronized long take() {
        if (count == 0) {
            long frame = FramePool.allocate(0, FramePool.NO_LIMIT);
            if (frame == FramePool.NONE) {
                return 0;
            }
            add(DirectMap.toVirtual(frame));
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
