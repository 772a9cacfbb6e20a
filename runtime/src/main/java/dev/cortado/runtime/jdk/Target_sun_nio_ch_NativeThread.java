package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.cortado.kernel.console.Keyboard;

/**
 * Threads as channels know them. Whoever closes a channel finds by them that it is in use, and
 * closes the file first and its number later; the file wakes the threads. Only readers of the
 * console need a signal.
 */
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
        return Thread.currentThread().threadId();
    }

    /** The console is no file that could be closed: whoever reads there looks at his channel. */
    @Substitute
    private static void signal0(long thread) {
        Keyboard.interruptReaders();
    }
}
