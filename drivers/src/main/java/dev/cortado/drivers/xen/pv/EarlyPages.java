package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * What the kernel's first page tables say of each page: nothing is both writable and executable,
 * the image is where it was linked and nowhere else, all other frames are in the direct map.
 */
final class EarlyPages {
    private final MachineFrames frames;
    private long oldTables;
    private long oldTablesEnd;
    private long newTables;
    private long newTablesEnd;

    EarlyPages(MachineFrames frames) {
        this.frames = frames;
    }

    /** Frames of tables: those in use now, and those that are made. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    void setTables(long old, long oldCount, long made, long madeCount) {
        oldTables = old;
        oldTablesEnd = old + oldCount;
        newTables = made;
        newTablesEnd = made + madeCount;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    long imageBegin() {
        return ImageLayout.physicalBegin;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    long imageEnd() {
        return ImageLayout.dataEnd;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    long heapBegin() {
        return ImageLayout.heapBegin;
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    long heapEnd() {
        return Frames.roundUp(ImageLayout.heapEnd, Frames.SIZE);
    }

    /** Xen's entry for a page, 0 if there is none. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    long entry(long page) {
        if (page >= AddressSpace.DIRECT_MAP_BASE) {
            long frame = (page - AddressSpace.DIRECT_MAP_BASE) >>> Frames.SHIFT;
            return entry(frame, directFlags(frame));
        }
        if (page >= heapBegin()) {
            long physical = ImageLayout.heapPhysical + (page - heapBegin());
            boolean writable =
                    page >= ImageLayout.heapWritableBegin && page < ImageLayout.heapWritableEnd;
            return entry(
                    physical >>> Frames.SHIFT,
                    writable ? PvEntries.READ_WRITE : PvEntries.READ_ONLY);
        }
        return entry(page >>> Frames.SHIFT, imageFlags(page));
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long entry(long frame, long flags) {
        long machine = frames.machine(frame);
        return flags == 0 || machine == MachineFrames.NONE ? 0 : PvEntries.of(machine, flags);
    }

    @Uninterruptible(reason = PhysicalMemory.REASON)
    private long directFlags(long frame) {
        long address = frame << Frames.SHIFT;
        if (frame == 0
                || address >= ImageLayout.physicalBegin && address < ImageLayout.physicalEnd) {
            return 0;
        }
        boolean table =
                frame >= oldTables && frame < oldTablesEnd
                        || frame >= newTables && frame < newTablesEnd;
        return table ? PvEntries.READ_ONLY : PvEntries.READ_WRITE;
    }

    /** The pages on both sides of the first stack are nobody's. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    private static long imageFlags(long page) {
        if (page >= ImageLayout.textBegin && page < ImageLayout.textEnd) {
            return PvEntries.READ_EXECUTE;
        }
        if (page >= ImageLayout.rodataBegin && page < ImageLayout.rodataEnd) {
            return PvEntries.READ_ONLY;
        }
        boolean guard =
                page == ImageLayout.bootStackBegin - Frames.SIZE
                        || page == ImageLayout.bootStackEnd;
        boolean data = page >= ImageLayout.dataBegin && page < ImageLayout.dataEnd;
        return data && !guard ? PvEntries.READ_WRITE : 0;
    }
}
