package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;

/** Calls about virtual CPUs (public/vcpu.h). */
final class VirtualCpuCalls {
    static final int INITIALISE = 0;
    static final int UP = 1;
    static final int DOWN = 2;
    static final int IS_UP = 3;
    static final int REGISTER_VCPU_INFO = 10;

    private VirtualCpuCalls() {}

    @Uninterruptible(reason = Hypercall.REASON)
    static long call(int command, int virtualCpu, long argument) {
        return Hypercall.call(Hypercall.VCPU, command, virtualCpu, argument, 0, 0);
    }
}
