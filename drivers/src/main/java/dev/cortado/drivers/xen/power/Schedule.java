package dev.cortado.drivers.xen.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Calls to Xen's scheduler (public/sched.h). */
public final class Schedule {
    /** Reasons for the end of a domain. */
    public static final int POWER_OFF = 0;

    public static final int REBOOT = 1;
    public static final int SUSPEND = 2;
    public static final int CRASH = 3;

    private static final int YIELD = 0;
    private static final int SHUTDOWN = 2;

    private Schedule() {}

    /** Lets other domains run. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void yield() {
        Hypercall.call(Hypercall.SCHEDULER, YIELD, 0, 0, 0, 0);
    }

    /**
     * Ends the domain; does not return, except from {@link #SUSPEND}.
     *
     * @return of a suspension: 0 in a domain that was resumed elsewhere, 1 if it was cancelled
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long shutdown(int reason) {
        return shutdown(reason, 0);
    }

    /**
     * As {@link #shutdown} for {@link #SUSPEND}, of a PV domain.
     *
     * @param record machine frame of start_info, for Xen's tools to find in a register
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long suspend(long record) {
        return shutdown(SUSPEND, record);
    }

    @Uninterruptible(reason = Hypercall.REASON)
    private static long shutdown(int reason, long record) {
        Pointer structure = StackValue.get(8);
        structure.writeInt(0, reason);
        return Hypercall.call(Hypercall.SCHEDULER, SHUTDOWN, structure.rawValue(), record, 0, 0);
    }
}
