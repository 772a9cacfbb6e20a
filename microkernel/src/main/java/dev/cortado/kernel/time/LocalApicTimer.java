package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.LocalApic;

/** The local APIC's timer: by the time-stamp counter where the CPU can, else by ticks. */
public final class LocalApicTimer implements TimerDevice {
    private static final int MSR_TSC_DEADLINE = 0x6e0;

    private static boolean tscDeadline;

    /**
     * The local APIC has just been switched on. The clock may have to measure by it how fast it
     * counts itself: the sooner that begins, the less is left to wait for.
     */
    @Uninterruptible(reason = Clock.REASON)
    public static void begin() {
        Frequencies.begin();
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void initialize(InterruptHandler expired) {
        tscDeadline = CpuId.has(1, CpuId.ECX, CpuId.TSC_DEADLINE);
        Interrupts.bind(Interrupts.TIMER_VECTOR, expired);
        initializeProcessor();
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void initializeProcessor() {
        LocalApic.enableTimer(tscDeadline);
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void setDeadline(long deadline) {
        if (deadline == Timer.NEVER) {
            if (tscDeadline) {
                Cpu.writeMsr(MSR_TSC_DEADLINE, 0);
            } else {
                LocalApic.startTimer(0);
            }
            return;
        }
        // From now on, not from the boot: speeds are rounded, and years add up. One that is
        // farther away fires early; the scheduler then sets it again.
        long left = Numbers.min(Numbers.max(deadline - Clock.nanoTime(), 0), TickScale.FURTHEST);
        if (tscDeadline) {
            Cpu.writeMsr(MSR_TSC_DEADLINE, Cpu.readTimeStampCounter() + TscTime.ticks(left));
        } else {
            long ticks = TickScale.roundedUp(left, Frequencies.localApicTimer);
            LocalApic.startTimer((int) Numbers.max(1, Numbers.min(ticks, 0xffff_ffffL)));
        }
    }
}
