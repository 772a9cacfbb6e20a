package dev.cortado.drivers.xen.hypercall;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;

/**
 * Calls to the hypervisor by number (Xen's public/xen.h, "HYPERCALLS"). Arguments that are
 * addresses are virtual ones. A negative result is one of {@link XenError}.
 */
public final class Hypercall {
    public static final String REASON = "The hypervisor is asked for in interrupts and in a panic.";

    public static final int MEMORY = 12;
    public static final int VERSION = 17;
    public static final int GRANT_TABLE = 20;
    public static final int VCPU = 24;
    public static final int SCHEDULER = 29;
    public static final int EVENT_CHANNEL = 32;
    public static final int HVM = 34;

    /** The domain that makes the call (public/xen.h). */
    public static final short DOMID_SELF = 0x7ff0;

    private Hypercall() {}

    @CFunction(value = "cortado_hypercall", transition = Transition.NO_TRANSITION)
    public static native long call(int number, long a1, long a2, long a3, long a4, long a5);

    /** Address of the page that {@link #call} jumps into; physical and virtual are the same. */
    @CFunction(value = "cortado_hypercall_page", transition = Transition.NO_TRANSITION)
    static native long page();
}
