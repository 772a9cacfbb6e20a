package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.cpu.Processor;

/** A PV domain's CPUs are known by Xen's numbers. */
final class PvVirtualCpus implements VirtualCpus.Source {
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int number(Processor processor) {
        return processor.getHardwareId();
    }
}
