package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import java.time.Clock;

/** The time of the build must not be in the image. */
@TargetClass(Clock.class)
final class Target_java_time_Clock {
    /** Seconds after 1970 from which the clock counts nanoseconds; it adjusts itself if need be. */
    @Alias
    @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Reset)
    private static long offset;
}
