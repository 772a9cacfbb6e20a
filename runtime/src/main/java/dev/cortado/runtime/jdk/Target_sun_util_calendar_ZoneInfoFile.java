package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.InjectAccessors;
import com.oracle.svm.core.annotate.TargetClass;

/** What a time zone's future is depends on when the guest asks, not on when it was built. */
@TargetClass(className = "sun.util.calendar.ZoneInfoFile")
final class Target_sun_util_calendar_ZoneInfoFile {
    /** Seconds after 1970. */
    @Alias
    @InjectAccessors(Now.class)
    private static long CURRT;

    static final class Now {
        private Now() {}

        static long get() {
            return System.currentTimeMillis() / 1000;
        }
    }
}
