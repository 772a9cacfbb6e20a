package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.kernel.cpu.Processor;
import dev.cortado.kernel.cpu.Processors;

/**
 * Each CPU of a PVH or HVM domain asks Xen for its number, by CPUID. An old Xen that does not say
 * numbers the local APICs by it: twice the number.
 */
public final class HvmVirtualCpus implements VirtualCpus.Source {
    private final int[] numbers = new int[Processors.CAPACITY];

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean learn(Processor self) {
        int told = XenHypervisor.virtualCpu();
        int number = told >= 0 ? told : self.getHardwareId() >>> 1;
        numbers[self.getId()] = number;
        return number < VirtualCpus.CAPACITY;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public int number(Processor processor) {
        return numbers[processor.getId()];
    }
}
