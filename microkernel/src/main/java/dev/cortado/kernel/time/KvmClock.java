package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.word.Pointer;

/**
 * KVM's clock (Linux's virt/kvm/x86/cpuid.rst and msr.rst). KVM tells each CPU in memory what its
 * time-stamp counter means, and again when that changes, as after a migration. Where it cannot
 * promise that the counters of all CPUs say the same, no CPU tells less than another has.
 */
final class KvmClock {
    private static final int HYPERVISOR_LEAF = 0x4000_0000;

    /** EBX of that leaf: the first four letters of its name. */
    private static final int KVM = 0x4b4d_564b;

    private static final int FEATURES_LEAF = 0x4000_0001;

    /** KVM_FEATURE_CLOCKSOURCE2: it has the two registers below. */
    private static final int CLOCK_SOURCE = 1 << 3;

    /** KVM_FEATURE_CLOCKSOURCE_STABLE_BIT: PVCLOCK_TSC_STABLE_BIT can be believed. */
    private static final int CLOCK_SOURCE_STABLE = 1 << 24;

    private static final int MSR_WALL_CLOCK = 0x4b56_4d00;
    private static final int MSR_SYSTEM_TIME = 0x4b56_4d01;
    private static final long ENABLE = 1;

    /** Each structure is aligned so that it lies in one page. */
    private static final int STRIDE = 64;

    private static final PvClock CLOCK = new PvClock(new VirtualMemory(), new TimeStampCounter());
    private static final LatestTime LATEST = new LatestTime();

    /** One time structure a CPU, and the wall clock. */
    private static long areas;

    private static boolean mayBeStable;

    private KvmClock() {}

    /** Whether the hypervisor is KVM, and has the clock, and there is memory for it. */
    @Uninterruptible(reason = Clock.REASON)
    static boolean isThere() {
        if (!CpuId.has(1, CpuId.ECX, CpuId.HYPERVISOR)
                || CpuId.read(HYPERVISOR_LEAF, 0, CpuId.EBX) != KVM) {
            return false;
        }
        int features = CpuId.read(FEATURES_LEAF, 0, CpuId.EAX);
        if ((features & CLOCK_SOURCE) == 0) {
            return false;
        }
        mayBeStable = (features & CLOCK_SOURCE_STABLE) != 0;
        Pointer allocated = Memory.allocateZeroed((Processors.CAPACITY + 1) * STRIDE);
        areas = allocated.rawValue();
        return allocated.isNonNull();
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long area(int processor) {
        return areas + (long) processor * STRIDE;
    }

    /** KVM is to tell this CPU the time. False: what it tells makes no sense. */
    @Uninterruptible(reason = Clock.REASON)
    static boolean initializeProcessor() {
        long area = area(Processors.current().getId());
        Cpu.writeMsr(MSR_SYSTEM_TIME, DirectMap.toPhysical(area) | ENABLE);
        if (CLOCK.readTime(area) && TickScale.isPlausible(CLOCK.ticksPerSecond())) {
            return true;
        }
        Cpu.writeMsr(MSR_SYSTEM_TIME, 0);
        return false;
    }

    /** Ticks of the time-stamp counter a second, as they were when a CPU was last initialized. */
    @Uninterruptible(reason = Clock.REASON)
    static long ticksPerSecond() {
        return CLOCK.ticksPerSecond();
    }

    /** Nanoseconds since the machine was made. */
    @Uninterruptible(reason = Clock.REASON)
    static long nanoTime() {
        long flags = Cpu.disableInterrupts(); // the counter has to be that of the structure
        long area = area(Processors.current().getId());
        long nanos = CLOCK.now(area);
        boolean stable = mayBeStable && CLOCK.isStable(area);
        Cpu.restoreInterrupts(flags);
        return stable ? nanos : LATEST.atLeast(nanos);
    }

    /** How many ticks of this CPU's counter take as long as that, or a little longer. */
    @Uninterruptible(reason = Clock.REASON)
    static long ticks(long nanos) {
        return CLOCK.ticks(area(Processors.current().getId()), nanos);
    }

    /**
     * Nanoseconds since 1970-01-01T00:00Z, {@link TimeSource#UNKNOWN} if they are not known. KVM
     * tells when the time of the structures began; asked again, it tells the host's time again. For
     * one thread at a time.
     */
    @Uninterruptible(reason = Clock.REASON)
    static long epochNanos() {
        long wallClock = area(Processors.CAPACITY);
        long flags = Cpu.disableInterrupts();
        Cpu.writeMsr(MSR_WALL_CLOCK, DirectMap.toPhysical(wallClock));
        boolean told = CLOCK.readWallClock(wallClock);
        long now = CLOCK.now(area(Processors.current().getId()));
        Cpu.restoreInterrupts(flags);
        return told ? CLOCK.wallClockNanos() + now : TimeSource.UNKNOWN;
    }
}
