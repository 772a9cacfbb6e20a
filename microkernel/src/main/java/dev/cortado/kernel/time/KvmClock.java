package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.VirtualMemory;
import org.graalvm.word.Pointer;

/**
 * KVM's clock (Linux's virt/kvm/x86/cpuid.rst and msr.rst). It is asked once, at boot: how fast the
 * time-stamp counter counts, and what time it is.
 */
final class KvmClock {
    private static final int FEATURES_LEAF = 0x4000_0001;

    /** KVM_FEATURE_CLOCKSOURCE2: it has the two registers below. */
    private static final int CLOCK_SOURCE = 1 << 3;

    /** KVM_FEATURE_CLOCKSOURCE_STABLE_BIT: the counters of all CPUs say the same. */
    private static final int CLOCK_SOURCE_STABLE = 1 << 24;

    private static final int MSR_WALL_CLOCK = 0x4b56_4d00;
    private static final int MSR_SYSTEM_TIME = 0x4b56_4d01;
    private static final long ENABLE = 1;

    /** Both structures, each aligned so that it lies in one page. */
    private static final int WALL_CLOCK = 32;

    private static final int BYTES = 64;

    private static final PvClock CLOCK = new PvClock(new VirtualMemory());

    private static long ticksPerSecond;
    private static long epochNanos;

    private KvmClock() {}

    /** Asks it. The hypervisor is KVM. */
    @Uninterruptible(reason = Clock.REASON)
    static void read() {
        int wanted = CLOCK_SOURCE | CLOCK_SOURCE_STABLE;
        if ((CpuId.read(FEATURES_LEAF, 0, CpuId.EAX) & wanted) != wanted) {
            return;
        }
        Pointer area = Memory.allocateZeroed(BYTES);
        if (area.isNull()) {
            return;
        }
        long address = area.rawValue();
        long physical = DirectMap.toPhysical(address);
        Cpu.writeMsr(MSR_SYSTEM_TIME, physical | ENABLE);
        Cpu.writeMsr(MSR_WALL_CLOCK, physical + WALL_CLOCK);
        if (CLOCK.readTime(address)) {
            ticksPerSecond = CLOCK.ticksPerSecond();
            if (CLOCK.readWallClock(address + WALL_CLOCK)) {
                epochNanos = CLOCK.epochNanosAt(Cpu.readTimeStampCounter());
            }
        }
        // Before the memory is somebody else's, KVM has to forget it; the wall clock's is written
        // only when the register is.
        Cpu.writeMsr(MSR_SYSTEM_TIME, 0);
        Memory.free(address);
    }

    /** Ticks of the time-stamp counter a second, 0 if it is not known. */
    @Uninterruptible(reason = Clock.REASON)
    static long ticksPerSecond() {
        return ticksPerSecond;
    }

    /** Nanoseconds since 1970-01-01T00:00Z when it was read, 0 if they are not known. */
    @Uninterruptible(reason = Clock.REASON)
    static long epochNanos() {
        return epochNanos;
    }
}
