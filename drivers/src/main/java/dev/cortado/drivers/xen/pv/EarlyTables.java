package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageTable;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Makes the kernel's page tables before they are in use: table by table, each written through a
 * window while it is open. Nothing may be writable in them that is a table, neither they themselves
 * nor those in use.
 */
final class EarlyTables {
    private static final int TOP = 3;
    private static final int INDEX_BITS = 9;
    private static final int ENTRIES = 1 << INDEX_BITS;

    /** Where a table can be written while it is made. */
    interface Windows {
        /**
         * Opens a frame, in the window of that number, in place of the one before.
         *
         * @return virtual address of its contents, 0 if that failed
         */
        @Uninterruptible(reason = PhysicalMemory.REASON)
        long open(int window, long frame);

        /** No frame can be written any more through the window of that number. */
        @Uninterruptible(reason = PhysicalMemory.REASON)
        boolean close(int window);
    }

    private final PhysicalMemory virtual;
    private final MachineFrames frames;
    private final Windows windows;
    private final EarlyPages pages;

    /** For each level where its table that is being made can be written. */
    private final long[] open = new long[TOP + 1];

    private long first;
    private long next;
    private boolean failed;

    EarlyTables(PhysicalMemory virtual, MachineFrames frames, Windows windows, EarlyPages pages) {
        this.virtual = virtual;
        this.frames = frames;
        this.windows = windows;
        this.pages = pages;
    }

    /** How many tables {@link #build} makes. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long count() {
        long direct = AddressSpace.DIRECT_MAP_BASE;
        return 1
                + count(pages.imageBegin(), pages.imageEnd())
                + count(pages.heapBegin(), pages.heapEnd())
                + count(direct, direct + (frames.count() << Frames.SHIFT));
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long count(long begin, long end) {
        long count = 0;
        for (int level = 1; level <= TOP; level++) {
            int shift = Frames.SHIFT + INDEX_BITS * level;
            count += ((end - 1) >>> shift) - (begin >>> shift) + 1;
        }
        return count;
    }

    /**
     * Makes them in the frames from {@code frame} on.
     *
     * @return the root's frame, {@link MachineFrames#NONE} if a frame could not be written
     */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long build(long frame) {
        first = frame;
        next = frame;
        long root = newTable(TOP);
        long direct = AddressSpace.DIRECT_MAP_BASE;
        fillRoot(pages.imageBegin(), pages.imageEnd());
        fillRoot(pages.heapBegin(), pages.heapEnd());
        fillRoot(direct, direct + (frames.count() << Frames.SHIFT));
        for (int window = 0; window <= TOP; window++) {
            failed |= !windows.close(window);
        }
        return failed || next - first != count() ? MachineFrames.NONE : root;
    }

    /** A range that no other shares a root entry with. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void fillRoot(long begin, long end) {
        write(TOP, begin, tableEntry(fill(TOP - 1, begin, end)));
    }

    /** Makes the table of a level for a range, with all below it; its frame. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long fill(int level, long begin, long end) {
        long table = newTable(level);
        long span = Frames.SIZE << INDEX_BITS * level;
        for (long at = begin; at < end && !failed; ) {
            long limit = (at & -span) + span;
            limit = limit < end ? limit : end;
            write(level, at, level == 0 ? pages.entry(at) : tableEntry(fill(level - 1, at, limit)));
            at = limit;
        }
        return table;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long tableEntry(long table) {
        return PvEntries.of(frames.machine(table), PageTable.PRESENT | PageTable.WRITABLE);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private void write(int level, long address, long entry) {
        long index = address >>> Frames.SHIFT + INDEX_BITS * level & ENTRIES - 1;
        if (!failed) {
            virtual.writeLong(open[level] + index * Long.BYTES, entry);
        }
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long newTable(int level) {
        long frame = next++;
        open[level] = failed ? 0 : windows.open(level, frame);
        failed |= open[level] == 0;
        for (int i = 0; i < ENTRIES && !failed; i++) {
            virtual.writeLong(open[level] + (long) i * Long.BYTES, 0);
        }
        return frame;
    }
}
