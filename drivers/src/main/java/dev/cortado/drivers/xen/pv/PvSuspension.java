package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.console.XenConsole;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.drivers.xen.time.XenTime;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.memory.Pages;
import dev.cortado.kernel.thread.Scheduler;
import dev.cortado.kernel.time.Clock;

/**
 * The moment of a suspension of a PV domain. Xen's tools translate the page tables, the list of
 * frames and start_info to other machine frames; so no page may be mapped meanwhile that is not the
 * domain's own. The first CPU has to ask for it, with start_info's frame.
 */
final class PvSuspension implements Suspension.Moment {
    private static final String REASON = "No thread may run meanwhile, not even the collector's.";

    private final PvStart start;
    private final PvProcessorModel model;
    private final PvSharedInfo sharedInfo;
    private final PvGrants grants;
    private final XenConsole console;
    private final XenTimer timer;
    private boolean cancelled;

    PvSuspension(
            PvStart start,
            PvProcessorModel model,
            PvSharedInfo sharedInfo,
            PvGrants grants,
            XenConsole console,
            XenTimer timer) {
        this.start = start;
        this.model = model;
        this.sharedInfo = sharedInfo;
        this.grants = grants;
        this.console = console;
        this.timer = timer;
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void run() {
        long nanos = Clock.nanoTime();
        Pages.settle();
        grants.hide();
        sharedInfo.hide();
        start.nameOwnFrames();
        cancelled = Schedule.suspend(start.machineFrame()) != 0;
        SharedInfo.map();
        if (cancelled) {
            start.nameMachineFrames();
            grants.show();
            return;
        }
        model.register(VirtualCpus.current());
        StartPages.read();
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
            int virtualCpu = VirtualCpus.current();
            if (virtualCpu != 0) {
                model.register(virtualCpu);
            }
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
