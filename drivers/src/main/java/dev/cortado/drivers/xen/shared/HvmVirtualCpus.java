package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.cpu.Processor;

/** Xen numbers the local APICs of PVH and HVM domains: twice the virtual CPU's number. */
public final class HvmVirtualCpus implements VirtualCpus.Source {
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int number(Processor processor) {
        return processor.getHardwareId() >>> 1;
    }
}
