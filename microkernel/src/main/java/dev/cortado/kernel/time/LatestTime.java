package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import jdk.internal.misc.Unsafe;

/** The latest time that any CPU has been told: where their clocks differ, none tells less. */
public final class LatestTime {
    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private final long[] latest = {Long.MIN_VALUE};

    /** {@code nanos}, or the latest time if that is later. */
    @Uninterruptible(reason = Clock.REASON)
    public long atLeast(long nanos) {
        while (true) {
            long before = UNSAFE.getLongVolatile(latest, Unsafe.ARRAY_LONG_BASE_OFFSET);
            if (nanos <= before) {
                return before;
            }
            if (UNSAFE.compareAndSetLong(latest, Unsafe.ARRAY_LONG_BASE_OFFSET, before, nanos)) {
                return nanos;
            }
        }
    }
}
