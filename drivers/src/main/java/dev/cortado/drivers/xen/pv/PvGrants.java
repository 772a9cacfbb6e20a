package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.grant.ForeignPages;
import dev.cortado.drivers.xen.grant.GrantCalls;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PageAccess;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.memory.Regions;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * A PV domain maps the table, and pages of others, at virtual addresses that it keeps for that: all
 * of them have one lowest-level page table, which a page of the domain's own keeps alive.
 */
final class PvGrants implements GrantTable.Access {
    private final MachineFrames frames;
    private final TableCalls calls;
    private final ForeignPages pages = new ForeignPages();
    private long area;

    /** How many frames of the table are mapped. */
    private int tableFrames;

    PvGrants(MachineFrames frames, TableCalls calls) {
        this.frames = frames;
        this.calls = calls;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int maximumFrames() {
        return GrantCalls.maximumFrames();
    }

    /** Behind the page that keeps the page table alive. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long address() {
        if (area == 0) {
            long bytes = (1L + GrantCalls.TABLE_PAGES + ForeignPages.COUNT) << Frames.SHIFT;
            long begin = Regions.reserve(bytes, Frames.LARGE_SIZE);
            if (begin == 0
                    || !Pages.commit(begin, Frames.SIZE, PageAccess.READ | PageAccess.WRITE)) {
                return 0;
            }
            area = begin;
        }
        return area + Frames.SIZE;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long frame(long physicalFrame) {
        return frames.machine(physicalFrame);
    }

    /** struct gnttab_setup_table: u16 dom, u32 nr_frames, out s16 status, at 16 frame_list. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean addFrame(int index) {
        Pointer list = StackValue.get(GrantCalls.TABLE_PAGES * Long.BYTES);
        Pointer setup = StackValue.get(24);
        setup.writeLong(0, Hypercall.DOMID_SELF | (long) (index + 1) << Integer.SIZE);
        setup.writeLong(8, 0L);
        setup.writeLong(16, list.rawValue());
        if (index >= GrantCalls.TABLE_PAGES
                || GrantCalls.call(GrantCalls.SETUP_TABLE, setup) != 0
                || setup.readShort(8) != 0) {
            return false;
        }
        long machine = list.readLong(index * Long.BYTES);
        long page = address() + ((long) index << Frames.SHIFT);
        boolean added = calls.remap(page, PvEntries.of(machine, PvEntries.READ_WRITE)) == 0;
        tableFrames = added ? index + 1 : tableFrames;
        return added;
    }

    /** Takes all pages that are not the domain's own out of its page tables. */
    @Uninterruptible(reason = Hypercall.REASON)
    void hide() {
        for (int i = 0; i < tableFrames; i++) {
            calls.remap(address() + ((long) i << Frames.SHIFT), 0);
        }
        pages.unmapAll(foreign(0));
    }

    /** The table is where it was before {@link #hide}; other domains' pages are not. */
    @Uninterruptible(reason = Hypercall.REASON)
    void show() {
        int count = tableFrames;
        for (int i = 0; i < count; i++) {
            addFrame(i);
        }
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map(int domain, int reference, boolean readOnly) {
        if (address() == 0) {
            return XenError.NO_SPACE;
        }
        long page = pages.map(foreign(0), domain, reference, readOnly);
        return page < 0 ? page : foreign(page);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean unmap(long address) {
        return area != 0 && pages.unmap(foreign(0), address - foreign(0) >> Frames.SHIFT);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private long foreign(long page) {
        return address() + ((GrantCalls.TABLE_PAGES + page) << Frames.SHIFT);
    }
}
