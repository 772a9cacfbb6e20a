package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import com.oracle.svm.core.genscavenge.HeapImpl;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.Memory;
import sun.management.VMManagement;

/**
 * The machine as the operating system would tell of it. There is one process, and no memory but the
 * machine's: no swap.
 */
@TargetClass(
        className = "com.sun.management.internal.OperatingSystemImpl",
        onlyWith = IfPresent.class)
final class Target_com_sun_management_internal_OperatingSystemImpl {
    @Alias
    @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
    Target_com_sun_management_internal_OperatingSystemImpl(VMManagement machine) {}

    @Substitute
    private static void initialize0() {}

    @Substitute
    private long getCommittedVirtualMemorySize0() {
        return HeapImpl.getAccounting().getCommittedBytes().rawValue() + Memory.kernelHeapBytes();
    }

    @Substitute
    private long getTotalMemorySize0() {
        return Memory.totalBytes();
    }

    @Substitute
    private long getFreeMemorySize0() {
        return Memory.freeBytes();
    }

    @Substitute
    private long getTotalSwapSpaceSize0() {
        return 0;
    }

    @Substitute
    private long getFreeSwapSpaceSize0() {
        return 0;
    }

    @Substitute
    private long getOpenFileDescriptorCount0() {
        return MachineLoad.OPEN_FILES;
    }

    @Substitute
    private long getMaxFileDescriptorCount0() {
        return MachineLoad.MOST_FILES;
    }

    @Substitute
    private long getProcessCpuTime0() {
        return MachineLoad.busyNanos();
    }

    @Substitute
    private double getProcessCpuLoad0() {
        return MachineLoad.program();
    }

    @Substitute
    private double getCpuLoad0() {
        return MachineLoad.machine();
    }

    @Substitute
    private double getSingleCpuLoad0(int cpu) {
        return MachineLoad.of(cpu);
    }

    @Substitute
    private int getHostConfiguredCpuCount0() {
        return Processors.online();
    }

    @Substitute
    private int getHostOnlineCpuCount0() {
        return Processors.online();
    }

    @Substitute
    private long getHostTotalCpuTicks0() {
        return MachineLoad.busyTicks();
    }
}
