package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.HvmParameters;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** A PVH or HVM domain has a vector raised on the CPU that has events. */
public final class HvmDelivery implements EventChannels.Delivery {
    /**
     * HVMOP_set_evtchn_upcall_vector (public/hvm/hvm_op.h): through the local APIC of a virtual
     * CPU. struct xen_hvm_evtchn_upcall_vector: u32 vcpu, u8 vector.
     */
    private static final int SET_UPCALL_VECTOR = 23;

    /** HVM_PARAM_CALLBACK_TYPE_VECTOR (public/hvm/params.h): past the local APICs, on all CPUs. */
    private static final long CALLBACK_VECTOR = 2L << 56;

    /**
     * Interrupt 1, which is never raised where each CPU has a vector: xl asks an HVM domain to shut
     * down only if it has set any. Both vectors would both be raised.
     */
    private static final long ANY_CALLBACK = 1;

    private int vector;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public boolean start(InterruptHandler upcall) {
        if (vector == 0) {
            vector = Interrupts.allocate(upcall);
        }
        if (vector == 0) {
            return false;
        }
        if (setVector(VirtualCpus.current()) == 0) {
            HvmParameters.set(HvmParameters.CALLBACK_IRQ, ANY_CALLBACK);
            return true;
        }
        // Where Xen knows only this way, the end-of-interrupt that follows ends nothing.
        return XenHypervisor.has(XenHypervisor.FEATURE_HVM_CALLBACK_VECTOR)
                && HvmParameters.set(HvmParameters.CALLBACK_IRQ, CALLBACK_VECTOR | vector) == 0;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void startProcessor() {
        setVector(VirtualCpus.current());
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private long setVector(int virtualCpu) {
        Pointer structure = StackValue.get(8);
        structure.writeInt(0, virtualCpu);
        structure.writeInt(4, vector);
        return Hypercall.call(Hypercall.HVM, SET_UPCALL_VECTOR, structure.rawValue(), 0, 0, 0);
    }
}
