package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.OrderedMemory;

/**
 * The time as a hypervisor tells it in memory, from KVM (Linux's virt/kvm/x86/msr.rst, {@code
 * pvclock_vcpu_time_info}) and, in the same structure, from Xen (public/xen.h, {@code
 * vcpu_time_info}): nanoseconds at a value of the time-stamp counter, and how fast that counts. The
 * hypervisor may change it at any time; an odd version says that it is just doing so.
 */
public final class PvClock {
    private static final int VERSION = 0;
    private static final int TSC_TIMESTAMP = 8;
    private static final int SYSTEM_TIME = 16;

    /** Two fields in 8 bytes: 32 bits of {@code tsc_to_system_mul}, 8 of {@code tsc_shift}. */
    private static final int MULTIPLIER_AND_SHIFT = 24;

    private static final int WALL_SECONDS = 4;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long UNSIGNED_INT = 0xffff_ffffL;
    private static final int MAXIMUM_SHIFT = 31;

    /** A hypervisor changes it in nanoseconds; one that is odd for so long is none. */
    private static final int ATTEMPTS = 10_000;

    /** PVCLOCK_TSC_STABLE_BIT of the flags, which follow the shift. */
    private static final long STABLE = 1L << 40;

    private final OrderedMemory memory;
    private final TickCounter counter;
    private long timestamp;
    private long systemTime;
    private long multiplier;
    private int shift;
    private long wallClockNanos;

    public PvClock(OrderedMemory memory, TickCounter counter) {
        this.memory = memory;
        this.counter = counter;
    }

    /**
     * The system time now in the structure at an address, which is that of the CPU that this runs
     * on; interrupts are off. Changes nothing here.
     */
    @Uninterruptible(reason = Clock.REASON)
    public long now(long address) {
        long time = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            long version = memory.readLongAcquire(address + VERSION) & UNSIGNED_INT;
            long since = memory.readLongAcquire(address + TSC_TIMESTAMP);
            long base = memory.readLongAcquire(address + SYSTEM_TIME);
            long scale = memory.readLongAcquire(address + MULTIPLIER_AND_SHIFT);
            time = base + nanos(counter.read() - since, scale & UNSIGNED_INT, shift(scale));
            if (isUnchanged(version, address)) {
                break;
            }
        }
        return time;
    }

    /** Whether the structure at an address promises that all CPUs' times are the same. */
    @Uninterruptible(reason = Clock.REASON)
    public boolean isStable(long address) {
        return (memory.readLongAcquire(address + MULTIPLIER_AND_SHIFT) & STABLE) != 0;
    }

    /** How many ticks take so many nanoseconds or a little longer, by the structure there. */
    @Uninterruptible(reason = Clock.REASON)
    public long ticks(long address, long nanos) {
        long scale = memory.readLongAcquire(address + MULTIPLIER_AND_SHIFT);
        long perSecond = ticksPerSecond(Numbers.max(1, scale & UNSIGNED_INT), shift(scale));
        // The speed is rounded, by less than that.
        long atMost = Numbers.min(perSecond, TickScale.FASTEST);
        return TickScale.roundedUp(nanos + (nanos >>> 28) + 1, atMost);
    }

    /** Its sign is in the way of shifts of more than that, which none of them says. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static int shift(long scale) {
        int shift = (byte) (scale >>> Integer.SIZE);
        return (int) Numbers.max(-MAXIMUM_SHIFT, Numbers.min(MAXIMUM_SHIFT, shift));
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long nanos(long ticks, long multiplier, int shift) {
        long positive = Numbers.max(0, ticks);
        return Clock.toNanos(shift < 0 ? positive >>> -shift : positive << shift, multiplier);
    }

    /**
     * Copies the time structure at an address, one that is not half changed.
     *
     * @return false if there is none that makes sense; then nothing is known
     */
    @Uninterruptible(reason = Clock.REASON)
    public boolean readTime(long address) {
        multiplier = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            long version = memory.readLongAcquire(address + VERSION) & UNSIGNED_INT;
            timestamp = memory.readLongAcquire(address + TSC_TIMESTAMP);
            systemTime = memory.readLongAcquire(address + SYSTEM_TIME);
            long scale = memory.readLongAcquire(address + MULTIPLIER_AND_SHIFT);
            if (isUnchanged(version, address)) {
                shift = (byte) (scale >>> 32);
                boolean known =
                        version != 0
                                && (scale & UNSIGNED_INT) != 0
                                && shift >= -MAXIMUM_SHIFT
                                && shift <= MAXIMUM_SHIFT;
                multiplier = known ? scale & UNSIGNED_INT : 0;
                return known;
            }
        }
        return false;
    }

    /**
     * Copies the wall clock at an address: the time of day when the system time was 0.
     *
     * @return false if there is none that makes sense
     */
    @Uninterruptible(reason = Clock.REASON)
    public boolean readWallClock(long address) {
        for (int i = 0; i < ATTEMPTS; i++) {
            // 4 bytes of version and 4 of seconds.
            long first = memory.readLongAcquire(address);
            long nanos = memory.readLong(address + WALL_SECONDS) >>> 32;
            long version = first & UNSIGNED_INT;
            if (isUnchanged(version, address)) {
                wallClockNanos = (first >>> 32) * NANOS_PER_SECOND + nanos;
                return version != 0 && nanos < NANOS_PER_SECOND && wallClockNanos > 0;
            }
        }
        return false;
    }

    @Uninterruptible(reason = Clock.REASON)
    private boolean isUnchanged(long version, long address) {
        return (version & 1) == 0
                && (memory.readLongAcquire(address + VERSION) & UNSIGNED_INT) == version;
    }

    /** Ticks of the time-stamp counter a second. A time has been read. */
    @Uninterruptible(reason = Clock.REASON)
    public long ticksPerSecond() {
        return ticksPerSecond(multiplier, shift);
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    private static long ticksPerSecond(long multiplier, int shift) {
        // nanoseconds = (ticks << shift) * multiplier >> 32, for one second's worth of nanoseconds.
        long ticks = Long.divideUnsigned(NANOS_PER_SECOND << 32, multiplier);
        return shift < 0 ? ticks << -shift : ticks >>> shift;
    }

    /** The system time at a value of the time-stamp counter, in nanoseconds. */
    @Uninterruptible(reason = Clock.REASON)
    public long nanosAt(long ticks) {
        return systemTime + nanos(ticks - timestamp, multiplier, shift);
    }

    /** Nanoseconds since 1970-01-01T00:00Z when the system time was 0. A wall clock was read. */
    @Uninterruptible(reason = Clock.REASON)
    public long wallClockNanos() {
        return wallClockNanos;
    }

    /** Nanoseconds since 1970-01-01T00:00Z at a value of the time-stamp counter. */
    @Uninterruptible(reason = Clock.REASON)
    public long epochNanosAt(long ticks) {
        return wallClockNanos + nanosAt(ticks);
    }
}
