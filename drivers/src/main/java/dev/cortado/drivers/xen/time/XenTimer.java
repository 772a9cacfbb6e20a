package dev.cortado.drivers.xen.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import dev.cortado.kernel.time.TimerDevice;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Each virtual CPU's one-shot timer (public/vcpu.h), which tells of its end through an event. */
public final class XenTimer implements TimerDevice {
    private static final int VIRQ_TIMER = 0;

    /** VCPUOP_set_singleshot_timer: struct vcpu_set_singleshot_timer, u64 timeout, u32 flags. */
    private static final int SET_SINGLE_SHOT = 8;

    private static final int STOP_SINGLE_SHOT = 9;
    private static final int STOP_PERIODIC = 7;

    /** Xen's and our time differ by less: a timer is set a little late, not early. */
    private static final long MARGIN = 1_000;

    private static InterruptHandler handler;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initialize(InterruptHandler expired) {
        handler = expired;
        initializeProcessor();
    }

    /** Also after a resume, for each CPU. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initializeProcessor() {
        int virtualCpu = VirtualCpus.current();
        Hypercall.call(Hypercall.VCPU, STOP_PERIODIC, virtualCpu, 0, 0, 0);
        EventChannels.bindVirq(VIRQ_TIMER, virtualCpu, handler);
    }

    /** One that has passed already fires at once. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void setDeadline(long deadline) {
        int virtualCpu = VirtualCpus.current();
        if (deadline == Timer.NEVER) {
            Hypercall.call(Hypercall.VCPU, STOP_SINGLE_SHOT, virtualCpu, 0, 0, 0);
            return;
        }
        Pointer timer = StackValue.get(16);
        // From now on, not from the start: the two times run at slightly different speeds, and a
        // timer that is set to what has passed for Xen fires again and again until it has for us.
        long left = Numbers.max(0, deadline - Clock.nanoTime());
        long timeout = XenTime.systemTime(virtualCpu) + left + MARGIN;
        timer.writeLong(0, timeout < 0 ? Long.MAX_VALUE : timeout);
        timer.writeLong(8, 0L);
        Hypercall.call(Hypercall.VCPU, SET_SINGLE_SHOT, virtualCpu, timer.rawValue(), 0, 0);
    }
}
