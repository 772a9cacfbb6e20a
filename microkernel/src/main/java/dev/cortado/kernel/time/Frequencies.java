package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.interrupt.LocalApic;

/**
 * How fast the time-stamp counter and the local APIC's timer count. Asked of the hypervisor or the
 * CPU where they say; measured otherwise: against the APIC timer where the hypervisor gives it a
 * known frequency, or against the high precision event timer, which one read tells, and last
 * against the interval timer, whose polling a busy host may disturb.
 */
final class Frequencies {
    private static final int HYPERVISOR_LEAF = 0x4000_0000;
    private static final int TIMING_LEAF = 0x4000_0010;

    /** EBX of the hypervisor leaf: the first four letters of its name. */
    private static final int TCG = 0x5447_4354;

    private static final int KVM = 0x4b4d_564b;

    /** QEMU's and KVM's APIC timer counts nanoseconds. */
    private static final long NANOSECOND_TIMER = 1_000_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long FALLBACK = 1_000_000_000;
    private static final int MEASURE_NANOS = 2_000_000;
    private static final int PIT_TICKS = 5_966; // 5 ms
    private static final int ATTEMPTS = 8;

    static long timeStampCounter;
    static long localApicTimer;

    private static long sampleTicks;
    private static int sampleTimer;

    /** When the measurement by the local APIC has begun; 0 if it has not. */
    private static long beginTicks;

    private static int beginTimer;

    private Frequencies() {}

    @Uninterruptible(reason = Clock.REASON)
    private static int hypervisor() {
        return CpuId.read(HYPERVISOR_LEAF, 0, CpuId.EBX);
    }

    /** The local APIC works: what has to be measured by it is, from here on. */
    @Uninterruptible(reason = Clock.REASON)
    static void begin() {
        if (hypervisor() == TCG) {
            beginMeasurement();
        }
    }

    @Uninterruptible(reason = Clock.REASON)
    private static void beginMeasurement() {
        LocalApic.startTimer(-1);
        sample(false);
        beginTicks = sampleTicks;
        beginTimer = sampleTimer;
    }

    /**
     * @param hpet physical address of the event timer, 0 if there is none
     * @param told how fast the time-stamp counter counts, 0 if nobody has told
     */
    @Uninterruptible(reason = Clock.REASON)
    static void determine(long hpet, long told) {
        int hypervisor = hypervisor();
        timeStampCounter = plausible(told != 0 ? told : fromCpu());
        if (hypervisor == TCG || hypervisor == KVM) {
            localApicTimer = NANOSECOND_TIMER;
            if (timeStampCounter == 0) {
                timeStampCounter = measureByLocalApic();
            }
        } else if (hpet != 0 && Hpet.start(hpet)) {
            measureByHpet();
        } else {
            measureByPit();
        }
        if (!TickScale.isPlausible(timeStampCounter)) {
            timeStampCounter = FALLBACK;
        }
        if (!TickScale.isPlausible(localApicTimer)) {
            localApicTimer = FALLBACK;
        }
    }

    /** Zero for what cannot be, whoever says so. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long plausible(long ticksPerSecond) {
        return TickScale.isPlausible(ticksPerSecond) ? ticksPerSecond : 0;
    }

    /** Ticks a second, from how many there were in some nanoseconds, less than a second's worth. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static long frequency(long ticks, long nanos) {
        return ticks * NANOS_PER_SECOND / Numbers.max(1, nanos);
    }

    /** CPUID 0x15: crystal times ratio; 0x4000_0010: kHz as the hypervisor says. 0: neither. */
    @Uninterruptible(reason = Clock.REASON)
    private static long fromCpu() {
        long denominator = CpuId.read(0x15, 0, CpuId.EAX) & 0xffff_ffffL;
        long numerator = CpuId.read(0x15, 0, CpuId.EBX) & 0xffff_ffffL;
        long crystal = CpuId.read(0x15, 0, CpuId.ECX) & 0xffff_ffffL;
        if (denominator != 0 && numerator != 0 && crystal != 0) {
            return crystal * numerator / denominator;
        }
        return (CpuId.read(TIMING_LEAF, 0, CpuId.EAX) & 0xffff_ffffL) * 1000;
    }

    /**
     * Since {@link #begin}, if that has begun it. A machine that stood still for seconds meanwhile
     * finds the timer at its end, and measures again.
     */
    @Uninterruptible(reason = Clock.REASON)
    private static long measureByLocalApic() {
        if (beginTicks == 0) {
            beginMeasurement();
        }
        sampleTimer = 0;
        while (sampleTimer == 0) {
            int left = LocalApic.timerTicksLeft();
            if (left == 0) {
                beginMeasurement();
                sampleTimer = 0;
            } else if ((beginTimer - left & 0xffff_ffffL) >= MEASURE_NANOS) {
                sample(false);
            }
            Cpu.pause();
        }
        LocalApic.startTimer(0);
        long nanos = beginTimer - sampleTimer & 0xffff_ffffL;
        return frequency(sampleTicks - beginTicks, nanos);
    }

    @Uninterruptible(reason = Clock.REASON)
    private static void measureByHpet() {
        LocalApic.startTimer(-1);
        sample(true);
        long ticks = sampleTicks;
        int counter = sampleTimer;
        int timer = LocalApic.timerTicksLeft();
        while (Hpet.nanos(counter, Hpet.counter()) < MEASURE_NANOS) {
            Cpu.pause();
        }
        sample(true);
        long elapsedTimer = (timer - LocalApic.timerTicksLeft()) & 0xffff_ffffL;
        LocalApic.startTimer(0);
        long nanos = Hpet.nanos(counter, sampleTimer);
        if (timeStampCounter == 0) {
            timeStampCounter = frequency(sampleTicks - ticks, nanos);
        }
        localApicTimer = Numbers.max(1, frequency(elapsedTimer, nanos));
    }

    /**
     * Reads the time-stamp counter and another clock as close together as a few attempts allow.
     *
     * @param hpet whether the other clock is that and not the APIC timer
     */
    @Uninterruptible(reason = Clock.REASON)
    private static void sample(boolean hpet) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS; i++) {
            long before = Cpu.readTimeStampCounter();
            int timer = hpet ? Hpet.counter() : LocalApic.timerTicksLeft();
            long after = Cpu.readTimeStampCounter();
            if (after - before < best) {
                best = after - before;
                sampleTicks = before + best / 2;
                sampleTimer = timer;
            }
        }
    }

    @Uninterruptible(reason = Clock.REASON)
    private static void measureByPit() {
        LocalApic.startTimer(-1);
        sample(false);
        long ticks = sampleTicks;
        int timer = sampleTimer;
        boolean counts = Pit.await(PIT_TICKS);
        sample(false);
        LocalApic.startTimer(0);
        long elapsedTicks = sampleTicks - ticks;
        long elapsedTimer = (timer - sampleTimer) & 0xffff_ffffL;
        if (timeStampCounter == 0) {
            timeStampCounter = counts ? elapsedTicks * Pit.FREQUENCY / PIT_TICKS : FALLBACK;
        }
        localApicTimer =
                Numbers.max(
                        1,
                        elapsedTimer
                                * (timeStampCounter / 1000)
                                / Numbers.max(1, elapsedTicks)
                                * 1000);
    }
}
