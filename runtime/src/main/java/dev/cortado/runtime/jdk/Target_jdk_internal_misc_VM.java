package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.time.Clock;

/** What {@code jdk.internal.misc.VM} asks of the machine. */
@TargetClass(className = "jdk.internal.misc.VM")
final class Target_jdk_internal_misc_VM {
    private Target_jdk_internal_misc_VM() {}

    /** Nanoseconds from {@code offsetSeconds} after the epoch until now, -1 if out of range. */
    @Substitute
    public static long getNanoTimeAdjustment(long offsetSeconds) {
        return NanoTimeAdjustment.between(offsetSeconds, Clock.epochNanos());
    }
}
