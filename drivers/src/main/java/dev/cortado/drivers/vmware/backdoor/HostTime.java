package dev.cortado.drivers.vmware.backdoor;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.time.TimeSource;

/** What the command BDOOR_CMD_GETTIMEFULL tells (open-vm-tools' backdoor_def.h). */
final class HostTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int MICROS_PER_SECOND = 1_000_000;

    /** Year 2262: later times are no nanoseconds. */
    private static final long LAST_SECOND = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    private HostTime() {}

    /**
     * Nanoseconds since 1970-01-01T00:00Z; {@link TimeSource#UNKNOWN} for what is no time.
     *
     * @param high of the seconds, ESI
     * @param low of the seconds, EDX
     * @param micros EBX
     */
    @Uninterruptible(reason = Vmware.REASON)
    static long epochNanos(int high, int low, int micros) {
        long seconds = (long) high << Integer.SIZE | low & 0xffff_ffffL;
        boolean known =
                seconds > 0 && seconds <= LAST_SECOND && micros >= 0 && micros < MICROS_PER_SECOND;
        return known ? seconds * NANOS_PER_SECOND + micros * 1000L : TimeSource.UNKNOWN;
    }
}
