package dev.cortado.drivers.xen.lifecycle;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.time.XenTime;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.thread.ThreadTimer;
import dev.cortado.kernel.time.Clock;

/**
 * The moment of a suspension: between two instructions, the domain is restored in another one.
 * Memory and CPUs are as they were; all that Xen knew of the domain is not.
 */
public abstract class DomainSuspension implements Suspension.Moment {
    protected static final String REASON = "No thread may run meanwhile, not even the collector's.";

    private final XenTimer timer;
    private boolean cancelled;

    protected DomainSuspension(XenTimer timer) {
        this.timer = timer;
    }

    /** Suspends the domain; false: it has not been away, and all is as it was. */
    @Uninterruptible(reason = REASON)
    protected abstract boolean suspend();

    /** The hypervisor, and the pages that it and its tools share with the domain, are new ones. */
    @Uninterruptible(reason = REASON)
    protected abstract void resume();

    @Uninterruptible(reason = REASON)
    protected abstract void resumeConsole();

    /** This CPU is known to the hypervisor again; called on each. */
    @Uninterruptible(reason = REASON)
    protected abstract void resumeProcessor();

    @Override
    @Uninterruptible(reason = REASON)
    public void run() {
        long nanos = Clock.nanoTime();
        cancelled = !suspend();
        if (cancelled) {
            return;
        }
        resume();
        XenTime.start(nanos);
        Clock.setWallClock(XenTime.wallClock());
        EventChannels.start();
        GrantTable.restart();
        resumeConsole();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void finish() {
        if (!cancelled) {
            resumeProcessor();
            EventChannels.startProcessor();
            timer.initializeProcessor();
            ThreadTimer.setAgain();
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean isCancelled() {
        return cancelled;
    }
}
