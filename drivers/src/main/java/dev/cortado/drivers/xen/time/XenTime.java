package dev.cortado.drivers.xen.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.time.PvClock;
import dev.cortado.kernel.time.TickScale;
import dev.cortado.kernel.time.TimeSource;
import dev.cortado.kernel.time.TimeStampCounter;

/**
 * The time-stamp counter, whose speed Xen tells (public/xen.h, {@code vcpu_time_info}). Where a
 * machine's counters do not say the same on all CPUs, Xen lets domains see one of its own making,
 * so that it is as good as Xen's system time, and never goes back when Xen corrects that.
 */
public final class XenTime implements TimeSource {
    private static final PvClock CLOCK = new PvClock(new VirtualMemory(), new TimeStampCounter());

    private static final TickScale SCALE = new TickScale();

    private static long startTicks;

    /** Nanoseconds of monotonic time at {@link #startTicks}. */
    private static long startNanos;

    /** Whether Xen has told what time it is. */
    private static boolean known;

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initialize() {
        start(0);
    }

    /** Each virtual CPU is told from the beginning. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public void initializeProcessor() {}

    /** Monotonic time goes on from there: after a resume the counter is another one. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void start(long nanos) {
        // Xen has told this CPU, which runs; of others it may not know yet.
        int self = VirtualCpus.current();
        known = CLOCK.readTime(SharedInfo.virtualCpu(self) + SharedInfo.TIME);
        if (known && TickScale.isPlausible(CLOCK.ticksPerSecond())) {
            SCALE.set(CLOCK.ticksPerSecond());
        }
        startTicks = Cpu.readTimeStampCounter();
        startNanos = nanos;
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanoTime() {
        return startNanos + SCALE.nanos(Cpu.readTimeStampCounter() - startTicks);
    }

    /**
     * Xen's system time now, as the CPU that this runs on is told; interrupts are off. Its speed is
     * corrected by Xen all the time, so it is not the monotonic time plus a constant.
     */
    @Uninterruptible(reason = Hypercall.REASON)
    static long systemTime(int virtualCpu) {
        return CLOCK.now(SharedInfo.virtualCpu(virtualCpu) + SharedInfo.TIME);
    }

    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long epochNanos() {
        return wallClock();
    }

    /** While a domain is paused its counter goes on, and after a resume it is set anew. */
    @Override
    @Uninterruptible(reason = Hypercall.REASON)
    public long epochStep() {
        return 0;
    }

    /** Nanoseconds since 1970-01-01T00:00Z as Xen knows them now; 0 if it does not. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long wallClock() {
        boolean told = CLOCK.readWallClock(SharedInfo.address() + SharedInfo.WALL_CLOCK);
        return known && told ? CLOCK.epochNanosAt(Cpu.readTimeStampCounter()) : 0;
    }
}
