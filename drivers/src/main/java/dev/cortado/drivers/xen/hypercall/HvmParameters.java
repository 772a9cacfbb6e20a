package dev.cortado.drivers.xen.hypercall;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** What Xen and the domain tell each other by number (public/hvm/params.h). */
public final class HvmParameters {
    public static final int CALLBACK_IRQ = 0;
    public static final int STORE_PFN = 1;
    public static final int STORE_EVTCHN = 2;
    public static final int CONSOLE_PFN = 17;
    public static final int CONSOLE_EVTCHN = 18;

    /** HVMOP_set_param and HVMOP_get_param (public/hvm/hvm_op.h). */
    private static final int SET = 0;

    private static final int GET = 1;

    /** struct xen_hvm_param: u16 domid, u32 index at 4, u64 value at 8. */
    private static final int BYTES = 16;

    private static final int VALUE = 8;

    private HvmParameters() {}

    /** A parameter's value; 0 for one that is not set or unknown. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long get(int index) {
        Pointer parameter = StackValue.get(BYTES);
        fill(parameter, index, 0);
        return Hypercall.call(Hypercall.HVM, GET, parameter.rawValue(), 0, 0, 0) == 0
                ? parameter.readLong(VALUE)
                : 0;
    }

    /** 0, or an error. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long set(int index, long value) {
        Pointer parameter = StackValue.get(BYTES);
        fill(parameter, index, value);
        return Hypercall.call(Hypercall.HVM, SET, parameter.rawValue(), 0, 0, 0);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static void fill(Pointer parameter, int index, long value) {
        parameter.writeLong(0, (long) index << Integer.SIZE | Hypercall.DOMID_SELF);
        parameter.writeLong(VALUE, value);
    }
}
