package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.HvmParameters;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;

/** A PVH or HVM domain asks Xen for them by hypercall. */
public final class HvmStartPages implements StartPages.Source {
    private long consolePage;
    private int consolePort;
    private long storePage;
    private int storePort;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void read() {
        consolePage = page(HvmParameters.CONSOLE_PFN);
        consolePort = (int) HvmParameters.get(HvmParameters.CONSOLE_EVTCHN);
        storePage = page(HvmParameters.STORE_PFN);
        storePort = (int) HvmParameters.get(HvmParameters.STORE_EVTCHN);
    }

    /** They are in the direct map because {@link HvmPages} says so. */
    @Uninterruptible(reason = Hypercall.REASON)
    private static long page(int parameter) {
        long physical = HvmParameters.get(parameter) << Frames.SHIFT;
        return HvmPages.holds(physical) ? DirectMap.toVirtual(physical) : 0;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long consolePage() {
        return consolePage;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int consolePort() {
        return consolePort;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long storePage() {
        return storePage;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int storePort() {
        return storePort;
    }
}
