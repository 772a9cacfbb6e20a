package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.DirectMap;

/** A PVH or HVM domain chooses where in its physical memory the page is. */
public final class HvmSharedInfo implements SharedInfo.Source {
    private long physical;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long map() {
        if (physical == 0) {
            physical = HvmPages.allocate(1);
        }
        if (HvmPages.map(HvmPages.SPACE_SHARED_INFO, 0, physical) != 0) {
            return 0;
        }
        return DirectMap.toVirtual(physical);
    }
}
