package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.Firmware;

/** Time from the time-stamp counter, which counts alike on all CPUs. */
public final class TscTime implements TimeSource {
    private static long startTicks;

    /** Nanoseconds a tick, as a 32.32 fixed-point number. */
    private static long nanosPerTick = 1L << 32;

    private static long ticksPerSecond = 1_000_000_000;

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public void initialize() {
        Frequencies.determine(Firmware.tables().eventTimer());
        ticksPerSecond = Frequencies.timeStampCounter;
        nanosPerTick = Long.divideUnsigned(1_000_000_000L << 32, ticksPerSecond);
        startTicks = Cpu.readTimeStampCounter();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanoTime() {
        return Clock.toNanos(Cpu.readTimeStampCounter() - startTicks, nanosPerTick);
    }

    @Override
    @Uninterruptible(reason = Clock.REASON)
    public long epochNanos() {
        long epochNanos = KvmClock.epochNanos();
        return epochNanos == 0 ? RealTimeClock.readEpochNanos() : epochNanos;
    }

    /** The time-stamp counter's value at a monotonic time. */
    @Uninterruptible(reason = Clock.REASON)
    static long ticksAt(long nanos) {
        return startTicks + Clock.nanosToTicks(nanos, ticksPerSecond);
    }
}
