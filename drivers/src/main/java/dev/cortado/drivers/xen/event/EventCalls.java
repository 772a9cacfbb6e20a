package dev.cortado.drivers.xen.event;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** The calls about event channels and their structures (public/event_channel.h). */
final class EventCalls {
    private static final int BIND_INTERDOMAIN = 0;
    private static final int BIND_VIRQ = 1;
    private static final int CLOSE = 3;
    private static final int SEND = 4;
    private static final int ALLOCATE_UNBOUND = 6;
    private static final int BIND_IPI = 7;
    private static final int BIND_VCPU = 8;
    private static final int UNMASK = 9;

    private EventCalls() {}

    /** struct evtchn_bind_interdomain: u16 remote_dom, u32 remote_port, out u32 local_port. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int bindInterdomain(int remoteDomain, int remotePort) {
        return call(BIND_INTERDOMAIN, remoteDomain & 0xffff, remotePort, 2);
    }

    /** struct evtchn_alloc_unbound: u16 dom, u16 remote_dom, out u32 port. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int allocateUnbound(int remoteDomain) {
        return call(ALLOCATE_UNBOUND, remoteDomain << 16 | Hypercall.DOMID_SELF, 0, 1);
    }

    /** struct evtchn_bind_virq: u32 virq, u32 vcpu, out u32 port. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int bindVirq(int virq, int virtualCpu) {
        return call(BIND_VIRQ, virq, virtualCpu, 2);
    }

    /** struct evtchn_bind_ipi: u32 vcpu, out u32 port. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int bindIpi(int virtualCpu) {
        return call(BIND_IPI, virtualCpu, 0, 1);
    }

    /** struct evtchn_bind_vcpu: u32 port, u32 vcpu. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int bindVcpu(int port, int virtualCpu) {
        return call(BIND_VCPU, port, virtualCpu, 0);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    static int close(int port) {
        return call(CLOSE, port, 0, 0);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    static int send(int port) {
        return call(SEND, port, 0, 0);
    }

    /** Its events are told again; one that has come meanwhile is told now. */
    @Uninterruptible(reason = Hypercall.REASON)
    static int unmask(int port) {
        return call(UNMASK, port, 0, 0);
    }

    /**
     * Calls with a structure of three u32.
     *
     * @param result which of them is the result
     * @return the result, or a negative error
     */
    @Uninterruptible(reason = Hypercall.REASON)
    private static int call(int command, int first, int second, int result) {
        Pointer structure = StackValue.get(16);
        structure.writeInt(0, first);
        structure.writeInt(4, second);
        structure.writeInt(8, 0);
        long error =
                Hypercall.call(Hypercall.EVENT_CHANNEL, command, structure.rawValue(), 0, 0, 0);
        return error != 0 ? (int) error : structure.readInt(result * Integer.BYTES);
    }
}
