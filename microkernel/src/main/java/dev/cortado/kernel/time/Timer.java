package dev.cortado.kernel.time;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.interrupt.InterruptHandler;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** The one-shot timer behind all deadlines. */
public final class Timer {
    /** A deadline that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    private static TimerDevice device;

    private Timer() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setDevice(TimerDevice chosen) {
        device = chosen;
    }

    /** Starts the clock and the first CPU's timer. The CPU can be interrupted. */
    @Uninterruptible(reason = Clock.REASON)
    public static void initialize(InterruptHandler expired) {
        Clock.initialize();
        device.initialize(expired);
    }

    /** This CPU's clock and timer work from now on. */
    @Uninterruptible(reason = Clock.REASON)
    public static void initializeProcessor() {
        Clock.initializeProcessor();
        device.initializeProcessor();
    }

    /**
     * This CPU's timer fires at {@code deadline}, at once if that has passed; {@link #NEVER} stops
     * it.
     */
    @Uninterruptible(reason = Clock.REASON)
    public static void setDeadline(long deadline) {
        device.setDeadline(deadline);
    }
}
