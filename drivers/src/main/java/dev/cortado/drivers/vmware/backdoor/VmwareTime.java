package dev.cortado.drivers.vmware.backdoor;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.time.TimeSource;
import dev.cortado.kernel.time.TscTime;

/**
 * A PC's time, whose time of day is VMware's where that is there: its battery-backed clock tells
 * whole seconds only.
 */
public final class VmwareTime implements TimeSource {
    /** It tells microseconds. */
    private static final long STEP = 1_000;

    private final TscTime pc = new TscTime();

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public void initialize() {
        pc.initialize();
    }

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public void initializeProcessor() {
        pc.initializeProcessor();
    }

    @Override
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long nanoTime() {
        return pc.nanoTime();
    }

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public long epochNanos() {
        return Vmware.isPresent() ? Vmware.epochNanos() : pc.epochNanos();
    }

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public long epochStep() {
        return Vmware.isPresent() ? STEP : pc.epochStep();
    }
}
