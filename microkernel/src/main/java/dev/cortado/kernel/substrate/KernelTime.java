package dev.cortado.kernel.substrate;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.util.PlatformTimeUtils;
import dev.cortado.kernel.time.Clock;

/** The wall clock with nanoseconds, behind {@link java.time.Clock}. */
final class KernelTime extends PlatformTimeUtils {
    private static final long NANOS = 1_000_000_000;

    @Override
    @Uninterruptible(reason = "The two parts belong together.")
    public SecondsNanos javaTimeSystemUTC() {
        long now = Clock.epochNanos();
        return allocateSecondsNanosInterruptibly(now / NANOS, now % NANOS);
    }
}
