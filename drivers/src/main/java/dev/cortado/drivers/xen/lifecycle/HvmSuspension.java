package dev.cortado.drivers.xen.lifecycle;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.start.HvmConsole;
import dev.cortado.drivers.xen.time.XenTime;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.time.Clock;

/**
 * The moment of a suspension of a PVH or HVM domain: between two instructions, it is restored in
 * another domain. Memory and CPUs are as they were; all that Xen knew of the domain is not.
 */
public final class HvmSuspension implements Suspension.Moment {
    private static final String REASON = "No thread may run meanwhile, not even the collector's.";

    private final HvmConsole console;
    private final XenTimer timer;
    private boolean cancelled;

    public HvmSuspension(HvmConsole console, XenTimer timer) {
        this.console = console;
        this.timer = timer;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void run() {
        long nanos = Clock.nanoTime();
        cancelled = Schedule.shutdown(Schedule.SUSPEND) != 0;
        if (cancelled) {
            return;
        }
        XenHypervisor.writePage();
        StartPages.read();
        SharedInfo.map();
        XenTime.start(nanos);
        Clock.setWallClock(XenTime.wallClock());
        EventChannels.start();
        GrantTable.restart();
        console.resume();
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void finish() {
        if (!cancelled) {
            EventChannels.startProcessor();
            timer.initializeProcessor();
            Scheduler.setTimerAgain();
        }
    }

    @Override
    @Uninterruptible(reason = REASON)
    public boolean isCancelled() {
        return cancelled;
    }
}
