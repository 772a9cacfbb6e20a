package dev.cortado.kernel.hyperv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.LocalApicTimer;
import dev.cortado.kernel.time.TickScale;
import dev.cortado.kernel.time.Timer;
import dev.cortado.kernel.time.TimerDevice;

/** Synthetic timers, where they interrupt by a vector; otherwise the local APICs'. */
final class HypervTimer implements TimerDevice {
    private static final String REASON = HypervMachine.REASON;

    private static boolean used;

    private final LocalApicTimer pc = new LocalApicTimer();
    private final DirectTimer timer = new DirectTimer(Hyperv.MACHINE);

    @Uninterruptible(reason = REASON)
    static boolean isUsed() {
        return used;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void initialize(InterruptHandler expired) {
        used = HypervTime.isUsed() && Hyperv.ENLIGHTENMENTS.hasDirectTimers();
        if (used) {
            Interrupts.bind(Interrupts.TIMER_VECTOR, expired);
            initializeProcessor();
        } else {
            pc.initialize(expired);
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void initializeProcessor() {
        if (used) {
            timer.enable(Interrupts.TIMER_VECTOR);
        } else {
            pc.initializeProcessor();
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void setDeadline(long deadline) {
        if (!used) {
            pc.setDeadline(deadline);
        } else if (deadline == Timer.NEVER) {
            timer.stop();
        } else {
            long left = Numbers.max(deadline - Clock.nanoTime(), 0);
            timer.set(Hyperv.CLOCK.nanos() + Numbers.min(left, TickScale.FURTHEST));
        }
    }
}
