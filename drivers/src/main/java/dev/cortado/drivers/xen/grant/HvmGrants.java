package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.drivers.xen.shared.HvmPages;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** A PVH or HVM domain has the table, and pages of others, in its physical memory. */
public final class HvmGrants implements GrantTable.Access {
    /** 16,384 entries. */
    private static final int TABLE_PAGES = 32;

    /** Pages of other domains at the same time. */
    private static final int FOREIGN_PAGES = 200;

    private static final int MAP = 0;
    private static final int UNMAP = 1;
    private static final int QUERY_SIZE = 6;

    /** Of gnttab_map_grant_ref's flags. */
    private static final int MAP_HOST = 1 << 1;

    private static final int MAP_READ_ONLY = 1 << 2;

    private static final int FREE = 0;
    private static final int MAPPED = 1;

    private final byte[] states = new byte[FOREIGN_PAGES];
    private final int[] handles = new int[FOREIGN_PAGES];
    private long table;
    private long foreign;

    /** struct gnttab_query_size: u16 dom, out u32 nr_frames, out u32 max_nr_frames, out s16. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int maximumFrames() {
        Pointer query = StackValue.get(16);
        query.writeLong(0, Hypercall.DOMID_SELF);
        query.writeLong(8, 0L);
        long error = call(QUERY_SIZE, query);
        boolean known = error == 0 && query.readShort(12) == 0;
        return known ? (int) Numbers.min(query.readInt(8), TABLE_PAGES) : 1;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long address() {
        if (table == 0) {
            table = HvmPages.allocate(TABLE_PAGES);
        }
        return table == 0 ? 0 : DirectMap.toVirtual(table);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean addFrame(int index) {
        long physical = table + ((long) index << Frames.SHIFT);
        return HvmPages.map(HvmPages.SPACE_GRANT_TABLE, index, physical) == 0;
    }

    /**
     * struct gnttab_map_grant_ref: u64 host_addr, u32 flags, u32 ref, u16 dom, out s16 status, out
     * u32 handle, out u64 dev_bus_addr.
     */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map(int domain, int reference, boolean readOnly) {
        int page = freePage();
        if (page < 0) {
            return XenError.NO_SPACE;
        }
        Pointer map = StackValue.get(32);
        map.writeLong(0, foreign + ((long) page << Frames.SHIFT));
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
        states[page] = MAPPED;
        return DirectMap.toVirtual(foreign + ((long) page << Frames.SHIFT));
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private int freePage() {
        if (foreign == 0) {
            foreign = HvmPages.allocate(FOREIGN_PAGES);
        }
        if (foreign != 0) {
            for (int i = 0; i < FOREIGN_PAGES; i++) {
                if (states[i] == FREE) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** struct gnttab_unmap_grant_ref: u64 host_addr, u64 dev_bus_addr, u32 handle, out s16. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean unmap(long address) {
        long page = DirectMap.toPhysical(address) - foreign >> Frames.SHIFT;
        if (page < 0 || page >= FOREIGN_PAGES || states[(int) page] != MAPPED) {
            return false;
        }
        Pointer unmap = StackValue.get(24);
        unmap.writeLong(0, foreign + (page << Frames.SHIFT));
        unmap.writeLong(8, 0L);
        unmap.writeLong(16, handles[(int) page] & 0xffff_ffffL);
        if (call(UNMAP, unmap) != 0 || unmap.readShort(20) != 0) {
            return false;
        }
        states[(int) page] = FREE;
        return true;
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static long call(int command, Pointer structure) {
        return Hypercall.call(Hypercall.GRANT_TABLE, command, structure.rawValue(), 1, 0, 0);
    }
}
