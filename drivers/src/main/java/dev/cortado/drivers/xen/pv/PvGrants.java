package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * A PV domain maps the table, and pages of others, at virtual addresses that it keeps for that: all
 * of them have one lowest-level page table, which a page of the domain's own keeps alive.
 */
final class PvGrants implements GrantTable.Access {
    /** 16,384 entries. */
    private static final int TABLE_PAGES = 32;

    /** Pages of other domains at the same time. */
    private static final int FOREIGN_PAGES = 200;

    private static final int MAP = 0;
    private static final int UNMAP = 1;
    private static final int SETUP_TABLE = 2;
    private static final int QUERY_SIZE = 6;

    /** Of gnttab_map_grant_ref's flags. */
    private static final int MAP_HOST = 1 << 1;

    private static final int MAP_READ_ONLY = 1 << 2;

    private final MachineFrames frames;
    private final TableCalls calls;
    private final boolean[] mapped = new boolean[FOREIGN_PAGES];
    private final int[] handles = new int[FOREIGN_PAGES];
    private long area;

    /** How many frames of the table are mapped. */
    private int tableFrames;

    PvGrants(MachineFrames frames, TableCalls calls) {
        this.frames = frames;
        this.calls = calls;
    }

    /** struct gnttab_query_size: u16 dom, out u32 nr_frames, out u32 max_nr_frames, out s16. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int maximumFrames() {
        Pointer query = StackValue.get(16);
        query.writeLong(0, Hypercall.DOMID_SELF);
        query.writeLong(8, 0L);
        boolean known = call(QUERY_SIZE, query) == 0 && query.readShort(12) == 0;
        return known ? (int) Numbers.min(query.readInt(8), TABLE_PAGES) : 1;
    }

    /** Behind the page that keeps the page table alive. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long address() {
        if (area == 0) {
            long bytes = (1L + TABLE_PAGES + FOREIGN_PAGES) << Frames.SHIFT;
            long begin = Memory.reserve(bytes, Frames.LARGE_SIZE);
            if (begin == 0 || !Memory.commit(begin, Frames.SIZE, Memory.READ | Memory.WRITE)) {
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
        Pointer list = StackValue.get(TABLE_PAGES * Long.BYTES);
        Pointer setup = StackValue.get(24);
        setup.writeLong(0, Hypercall.DOMID_SELF | (long) (index + 1) << Integer.SIZE);
        setup.writeLong(8, 0L);
        setup.writeLong(16, list.rawValue());
        if (index >= TABLE_PAGES || call(SETUP_TABLE, setup) != 0 || setup.readShort(8) != 0) {
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
        for (int i = 0; i < FOREIGN_PAGES; i++) {
            if (mapped[i]) {
                unmap(foreign(i));
            }
        }
    }

    /** The table is where it was before {@link #hide}; other domains' pages are not. */
    @Uninterruptible(reason = Hypercall.REASON)
    void show() {
        int count = tableFrames;
        for (int i = 0; i < count; i++) {
            addFrame(i);
        }
    }

    /**
     * struct gnttab_map_grant_ref: u64 host_addr, u32 flags, u32 ref, u16 dom, out s16 status, out
     * u32 handle, out u64 dev_bus_addr.
     */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map(int domain, int reference, boolean readOnly) {
        int page = address() == 0 ? FOREIGN_PAGES : 0;
        while (page < FOREIGN_PAGES && mapped[page]) {
            page++;
        }
        if (page == FOREIGN_PAGES) {
            return XenError.NO_SPACE;
        }
        Pointer map = StackValue.get(32);
        map.writeLong(0, foreign(page));
        map.writeInt(8, MAP_HOST | (readOnly ? MAP_READ_ONLY : 0));
        map.writeInt(12, reference);
        map.writeLong(16, domain & 0xffffL);
        map.writeLong(24, 0L);
        long error = call(MAP, map);
        short status = map.readShort(18);
        if (error != 0 || status != 0) {
            return error != 0 ? error : status;
        }
        handles[page] = map.readInt(20);
        mapped[page] = true;
        return foreign(page);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private long foreign(long page) {
        return address() + ((TABLE_PAGES + page) << Frames.SHIFT);
    }

    /** struct gnttab_unmap_grant_ref: u64 host_addr, u64 dev_bus_addr, u32 handle, out s16. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean unmap(long address) {
        long page = area == 0 ? -1 : address - foreign(0) >> Frames.SHIFT;
        if (page < 0 || page >= FOREIGN_PAGES || !mapped[(int) page]) {
            return false;
        }
        Pointer unmap = StackValue.get(24);
        unmap.writeLong(0, foreign(page));
        unmap.writeLong(8, 0L);
        unmap.writeLong(16, handles[(int) page] & 0xffff_ffffL);
        if (call(UNMAP, unmap) != 0 || unmap.readShort(20) != 0) {
            return false;
        }
        mapped[(int) page] = false;
        return true;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static long call(int command, Pointer structure) {
        return Hypercall.call(Hypercall.GRANT_TABLE, command, structure.rawValue(), 1, 0, 0);
    }
}
