package dev.cortado.drivers.vmware.backdoor;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.time.TimeSource;
import dev.cortado.kernel.time.TscTime;

/**
 * A PC's time, whose time of day is VMware's where the host tells it: its battery-backed clock
 * tells whole seconds only.
 */
public final class VmwareTime implements TimeSource {
    /** It tells microseconds. */
    private static final long STEP = 1_000;

    /** What tells the time of day. */
    interface HostClock {
        /** See {@link TimeSource#epochNanos}. */
        @Uninterruptible(reason = Vmware.REASON)
        long epochNanos();
    }

    private static final class Machine implements HostClock {
        @Override
        @Uninterruptible(reason = Vmware.REASON)
        public long epochNanos() {
            return Vmware.isPresent() ? Vmware.epochNanos() : UNKNOWN;
        }
    }

    private final TimeSource pc;
    private final HostClock host;

    /** Whether the host told it at first; hosts and emulators may be without that command. */
    private boolean told;

    public VmwareTime() {
        this(new TscTime(), new Machine());
    }

    VmwareTime(TimeSource pc, HostClock host) {
        this.pc = pc;
        this.host = host;
    }

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public void initialize() {
        pc.initialize();
        told = host.epochNanos() != UNKNOWN;
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
        return told ? host.epochNanos() : pc.epochNanos();
    }

    @Override
    @Uninterruptible(reason = Vmware.REASON)
    public long epochStep() {
        return told ? STEP : pc.epochStep();
    }
}
