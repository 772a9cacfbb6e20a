package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.kernel.memory.Frames;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * Pages of other domains that this one has mapped, at addresses in a row: physical ones in a PVH or
 * HVM domain, virtual ones in a PV domain, which is why the first is told with each call.
 */
public final class ForeignPages {
    /** So many at the same time, which the other domains share as {@link PageShares} says. */
    public static final int COUNT = 200;

    /** Of gnttab_map_grant_ref's flags. */
    private static final int MAP_HOST = 1 << 1;

    private static final int MAP_READ_ONLY = 1 << 2;

    private final PageShares shares = new PageShares(COUNT);
    private final int[] handles = new int[COUNT];

    /**
     * struct gnttab_map_grant_ref: u64 host_addr, u32 flags, u32 ref, u16 dom, out s16 status, out
     * u32 handle, out u64 dev_bus_addr.
     *
     * @param begin the first page's address
     * @return the number of the page, or a {@link XenError}: {@link XenError#NO_SPACE} if that
     *     domain has its share
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public long map(long begin, int domain, int reference, boolean readOnly) {
        int page = shares.take(domain);
        if (page == PageShares.NONE) {
            return XenError.NO_SPACE;
        }
        Pointer map = StackValue.get(32);
        map.writeLong(0, begin + ((long) page << Frames.SHIFT));
        map.writeInt(8, MAP_HOST | (readOnly ? MAP_READ_ONLY : 0));
        map.writeInt(12, reference);
        map.writeLong(16, domain & 0xffffL);
        map.writeLong(24, 0L);
        long error = GrantCalls.call(GrantCalls.MAP, map);
        short status = map.readShort(18);
        if (error != 0 || status != 0) {
            shares.give(page);
            return error != 0 ? error : status;
        }
        handles[page] = map.readInt(20);
        return page;
    }

    /**
     * struct gnttab_unmap_grant_ref: u64 host_addr, u64 dev_bus_addr, u32 handle, out s16.
     *
     * @param begin the first page's address
     * @return false if that page is not mapped, or Xen does not let go of it
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean unmap(long begin, long page) {
        if (!shares.isTaken(page)) {
            return false;
        }
        Pointer unmap = StackValue.get(24);
        unmap.writeLong(0, begin + (page << Frames.SHIFT));
        unmap.writeLong(8, 0L);
        unmap.writeLong(16, handles[(int) page] & 0xffff_ffffL);
        if (GrantCalls.call(GrantCalls.UNMAP, unmap) != 0 || unmap.readShort(20) != 0) {
            return false;
        }
        shares.give((int) page);
        return true;
    }

    /** Unmaps all of them, as far as Xen lets go of them. */
    @Uninterruptible(reason = Hypercall.REASON)
    public void unmapAll(long begin) {
        for (int page = 0; page < COUNT; page++) {
            unmap(begin, page);
        }
    }
}
