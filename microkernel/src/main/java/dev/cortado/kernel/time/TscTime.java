package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.Firmware;

/**
 * A PC's time: from KVM's clock where there is one, which also knows what to make of time-stamp
 * counters that differ, else from the time-stamp counter, which then counts alike on all CPUs (one
 * whose counter does not is not used). The time of day is from KVM or the battery-backed clock.
 */
public final class TscTime implements TimeSource {
    /** The battery-backed clock tells whole seconds. */
    private static final long RTC_STEP = 1_000_000_000;

    /** KVM's is exact, but asking takes its time. */
    private static final long KVM_STEP = 1_000_000;

    private static final TickScale SCALE = new TickScale();

    private static long startTicks;
    private static long startNanos;
    private static boolean kvm;

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void initialize() {
        kvm = KvmClock.isThere() && KvmClock.initializeProcessor();
        Frequencies.determine(Firmware.tables().eventTimer(), kvm ? KvmClock.ticksPerSecond() : 0);
        SCALE.set(Frequencies.timeStampCounter);
        startTicks = Cpu.readTimeStampCounter();
        startNanos = kvm ? KvmClock.nanoTime() : 0;
    }

    /** Whether it is KVM that tells the time; it has been initialized. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public static boolean isByKvm() {
        return kvm;
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void initializeProcessor() {
        if (kvm) {
            KvmClock.initializeProcessor();
        }
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanoTime() {
        return kvm
                ? KvmClock.nanoTime() - startNanos
                : SCALE.nanos(Cpu.readTimeStampCounter() - startTicks);
    }

    /**
     * By how much this CPU's time-stamp counter moves in that time, or a little longer.
     *
     * @param nanos not negative; at most {@link TickScale#FURTHEST}
     */
    @Uninterruptible(reason = Clock.REASON)
    static long ticks(long nanos) {
        return kvm ? KvmClock.ticks(nanos) : SCALE.ticks(nanos);
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public long epochNanos() {
        return kvm ? KvmClock.epochNanos() : RealTimeClock.readEpochNanos();
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public long epochStep() {
        return kvm ? KVM_STEP : RTC_STEP;
    }
}
