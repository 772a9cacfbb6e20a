package dev.cortado.drivers.xen.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.RingMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.PvClock;
import dev.cortado.kernel.time.TimeSource;

/**
 * The time-stamp counter, whose speed Xen tells (public/xen.h, {@code vcpu_time_info}). Where a
 * machine's counters do not say the same on all CPUs, Xen lets domains see one of its own making,
 * so that it is as good as Xen's system time, and never goes back when Xen corrects that.
 */
public final class XenTime implements TimeSource {
    private static final PvClock CLOCK = new PvClock(new VirtualMemory());

    private static final RingMemory MEMORY = new VirtualMemory();

    /** In vcpu_time_info; the last are 32 bits of multiplier and 8 of shift. */
    private static final int TSC_TIMESTAMP = 8;

    private static final int SYSTEM_TIME = 16;
    private static final int MULTIPLIER_AND_SHIFT = 24;

    private static long startTicks;

    /** Nanoseconds of monotonic time at {@link #startTicks}. */
    private static long startNanos;

    /** Nanoseconds a tick, as a 32.32 fixed-point number. */
    private static long nanosPerTick = 1L << 32;

    /** Whether Xen has told what time it is. */
    private static boolean known;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initialize() {
        start(0);
    }

    /** Monotonic time goes on from there: after a resume the counter is another one. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void start(long nanos) {
        // Xen has told this CPU, which runs; of others it may not know yet.
        int self = VirtualCpus.current();
        known = CLOCK.readTime(SharedInfo.virtualCpu(self) + SharedInfo.TIME);
        if (known) {
            nanosPerTick = Long.divideUnsigned(1_000_000_000L << 32, CLOCK.ticksPerSecond());
        }
        startTicks = Cpu.readTimeStampCounter();
        startNanos = nanos;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanoTime() {
        long ticks = Cpu.readTimeStampCounter() - startTicks;
        return startNanos + Clock.toNanos(ticks, nanosPerTick);
    }

    /**
     * Xen's system time now, as the CPU that this runs on is told; interrupts are off. Its speed is
     * corrected by Xen all the time, so it is not the monotonic time plus a constant.
     */
    @Uninterruptible(reason = Hypercall.REASON)
    static long systemTime(int virtualCpu) {
        long address = SharedInfo.virtualCpu(virtualCpu) + SharedInfo.TIME;
        long time;
        int version;
        do {
            version = MEMORY.readIntAcquire(address);
            long timestamp = MEMORY.readLongAcquire(address + TSC_TIMESTAMP);
            long base = MEMORY.readLongAcquire(address + SYSTEM_TIME);
            long scale = MEMORY.readLongAcquire(address + MULTIPLIER_AND_SHIFT);
            long ticks = Numbers.max(0, Cpu.readTimeStampCounter() - timestamp);
            int shift = (byte) (scale >>> Integer.SIZE);
            ticks = shift < 0 ? ticks >>> -shift : ticks << shift;
            time = base + Clock.toNanos(ticks, scale & 0xffff_ffffL);
        } while ((version & 1) != 0 || MEMORY.readIntAcquire(address) != version);
        return time;
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long epochNanos() {
        return wallClock();
    }

    /** Nanoseconds since 1970-01-01T00:00Z as Xen knows them now; 0 if it does not. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long wallClock() {
        boolean told = CLOCK.readWallClock(SharedInfo.address() + SharedInfo.WALL_CLOCK);
        return known && told ? CLOCK.epochNanosAt(Cpu.readTimeStampCounter()) : 0;
    }
}
