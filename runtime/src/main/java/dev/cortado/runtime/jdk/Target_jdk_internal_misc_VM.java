package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.util.PlatformTimeUtils;
import com.oracle.svm.core.util.PlatformTimeUtils.SecondsNanos;

/** The virtual machine's clock, and its one user. */
@TargetClass(className = "jdk.internal.misc.VM")
final class Target_jdk_internal_misc_VM {
    private Target_jdk_internal_misc_VM() {}

    /** The wall clock's nanoseconds since so many seconds after 1970; -1 if that is too far off. */
    @Substitute
    public static long getNanoTimeAdjustment(long offsetInSeconds) {
        SecondsNanos now = PlatformTimeUtils.singleton().javaTimeSystemUTC();
        long seconds = now.seconds() - offsetInSeconds;
        return Math.abs(seconds) > Integer.MAX_VALUE ? -1 : seconds * 1_000_000_000 + now.nanos();
    }

    @Substitute
    public static long getuid() {
        return 0;
    }

    @Substitute
    public static long geteuid() {
        return 0;
    }

    @Substitute
    public static long getgid() {
        return 0;
    }

    @Substitute
    public static long getegid() {
        return 0;
    }
}
