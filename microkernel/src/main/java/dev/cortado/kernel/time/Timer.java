package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.interrupt.LocalApic;

/** The one-shot timer behind all deadlines: by TSC where the CPU can, else by ticks. */
public final class Timer {
    private static final int MSR_TSC_DEADLINE = 0x6e0;

    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static boolean tscDeadline;

    private Timer() {}

    /**
     * Finds out how fast the clocks run and what time it is, starts them. The local APIC is on.
     *
     * @param hpet physical address of the high precision event timer, 0 if there is none
     */
    @Uninterruptible(reason = Clock.REASON)
    public static void initialize(InterruptHandler expired, long hpet) {
        Frequencies.determine(hpet);
        Clock.initialize(Frequencies.timeStampCounter);
        long epochNanos = KvmClock.epochNanos();
        Clock.setWallClock(epochNanos == 0 ? RealTimeClock.readEpochNanos() : epochNanos);
        tscDeadline = CpuId.has(1, CpuId.ECX, CpuId.TSC_DEADLINE);
        Interrupts.bind(Interrupts.TIMER_VECTOR, expired);
        initializeProcessor();
    }

    /** This CPU's timer works from now on. */
    @Uninterruptible(reason = Clock.REASON)
    public static void initializeProcessor() {
        LocalApic.enableTimer(tscDeadline);
    }

    /**
     * This CPU's timer fires at {@code deadline}, at once if that has passed; {@link #NEVER} stops
     * it.
     */
    @Uninterruptible(reason = Clock.REASON)
    public static void setDeadline(long deadline) {
        if (tscDeadline) {
            Cpu.writeMsr(MSR_TSC_DEADLINE, deadline == NEVER ? 0 : Clock.ticksAt(deadline));
        } else if (deadline == NEVER) {
            LocalApic.startTimer(0);
        } else {
            long ticks =
                    Clock.nanosToTicks(
                            Numbers.max(deadline - Clock.nanoTime(), 0),
                            Frequencies.localApicTimer);
            // A deadline beyond the counter fires early; the scheduler then sets it again.
            LocalApic.startTimer((int) Numbers.max(1, Numbers.min(ticks, 0xffff_ffffL)));
        }
    }
}
