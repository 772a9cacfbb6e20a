package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Closing a channel needs no signal to wake up the threads that use it. */
@TargetClass(className = "sun.nio.ch.NativeThread")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_NativeThread {
    private Target_sun_nio_ch_NativeThread() {}

    @Substitute
    private static void init() {}

    @Substitute
    private static boolean supportPendingSignals0() {
        return false;
    }

    @Substitute
    private static long current0() {
        return 0;
    }

    @Substitute
    private static void signal0(long thread) {}
}
