package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.PvStartInfo;
import dev.cortado.kernel.image.ImageLayout;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.EarlyMapping;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.memory.MemoryMapping;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.VirtualMemory;

/** From the domain builder's page tables to the kernel's own, which map all memory at once. */
final class PvMapping implements EarlyMapping, MemoryMapping {
    /** MMUEXT_PIN_L4_TABLE and MMUEXT_UNPIN_TABLE (public/xen.h). */
    private static final int PIN_ROOT = 3;

    private static final int UNPIN = 4;

    private final MachineFrames frames;
    private final PvStart start;
    private final TableCalls calls;
    private final EarlyPages pages;
    private final EarlyTables tables;

    private long root;
    private long count;
    private long oldRoot;

    PvMapping(MachineFrames frames, PvStart start, TableCalls calls) {
        this.frames = frames;
        this.start = start;
        this.calls = calls;
        pages = new EarlyPages(frames);
        PvWindows windows = new PvWindows(frames, calls);
        tables = new EarlyTables(new VirtualMemory(), frames, windows, pages);
    }

    /** The machine frame of the root; what is kept of it is for the tables that it makes. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long map(long information) {
        start.use(information);
        if (start.word(PvStartInfo.MAGIC) != PvStartInfo.MAGIC_VALUE) {
            return 0;
        }
        long list = start.number(PvStartInfo.FRAME_LIST);
        frames.use(list, start.number(PvStartInfo.FRAMES));
        oldRoot = frames.machine(start.number(PvStartInfo.PAGE_TABLES) >>> Frames.SHIFT);
        long first = start.firstUnused(information, ImageLayout.physicalEnd);
        count = tables.count();
        if (first + count > frames.count()) {
            return 0;
        }
        pages.setTables(
                start.number(PvStartInfo.PAGE_TABLES) >>> Frames.SHIFT,
                start.number(PvStartInfo.PAGE_TABLE_FRAMES),
                first,
                count);
        long made = tables.build(first);
        if (made == MachineFrames.NONE || calls.extended(PIN_ROOT, frames.machine(made)) != 0) {
            return 0;
        }
        long machine = frames.machine(made);
        root = made << Frames.SHIFT;
        start.setTables(first << Frames.SHIFT, (first + count) << Frames.SHIFT);
        start.use(DirectMap.toVirtual(information));
        frames.use(DirectMap.toVirtual(list), frames.count());
        return machine;
    }

    /** Page 0 is nobody's, as elsewhere. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long lowest() {
        return Frames.SIZE;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public long mappedEarly() {
        return frames.count() << Frames.SHIFT;
    }

    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean map(MemoryMap ram) {
        MachineMemory.adoptPageTables(root, count);
        calls.extended(UNPIN, oldRoot);
        return true;
    }

    /** Xen has loaded the page tables with the CPU's other registers. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public void activateProcessor() {}

    /** Xen gives a PV domain none. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean hasLargePages() {
        return false;
    }

    /** Xen pushes an exception's frame onto the stack itself: the domain ends where it cannot. */
    @Override
    @Uninterruptible(reason = PhysicalMemory.REASON)
    public boolean canGrowStacks() {
        return false;
    }
}
