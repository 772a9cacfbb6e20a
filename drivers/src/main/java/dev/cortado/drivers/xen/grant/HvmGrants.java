package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenError;
import dev.cortado.drivers.xen.shared.HvmPages;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;

/** A PVH or HVM domain has the table, and pages of others, in its physical memory. */
public final class HvmGrants implements GrantTable.Access {
    private final ForeignPages pages = new ForeignPages();
    private long table;
    private long foreign;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int maximumFrames() {
        return GrantCalls.maximumFrames();
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long address() {
        if (table == 0) {
            table = HvmPages.allocate(GrantCalls.TABLE_PAGES);
        }
        return table == 0 ? 0 : DirectMap.toVirtual(table);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean addFrame(int index) {
        long physical = table + ((long) index << Frames.SHIFT);
        return HvmPages.map(HvmPages.SPACE_GRANT_TABLE, index, physical) == 0;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map(int domain, int reference, boolean readOnly) {
        if (foreign == 0) {
            foreign = HvmPages.allocate(ForeignPages.COUNT);
        }
        if (foreign == 0) {
            return XenError.NO_SPACE;
        }
        long page = pages.map(foreign, domain, reference, readOnly);
        return page < 0 ? page : DirectMap.toVirtual(foreign + (page << Frames.SHIFT));
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean unmap(long address) {
        return pages.unmap(foreign, DirectMap.toPhysical(address) - foreign >> Frames.SHIFT);
    }
}
