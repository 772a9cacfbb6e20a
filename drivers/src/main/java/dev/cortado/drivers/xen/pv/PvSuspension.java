package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.console.XenConsole;
import dev.cortado.drivers.xen.lifecycle.DomainSuspension;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.memory.Pages;

/**
 * The moment of a suspension of a PV domain. Xen's tools translate the page tables, the list of
 * frames and start_info to other machine frames; so no page may be mapped meanwhile that is not the
 * domain's own. The first CPU has to ask for it, with start_info's frame.
 */
final class PvSuspension extends DomainSuspension {
    private final PvStart start;
    private final PvProcessorModel model;
    private final PvSharedInfo sharedInfo;
    private final PvGrants grants;
    private final XenConsole console;

    PvSuspension(
            PvStart start,
            PvProcessorModel model,
            PvSharedInfo sharedInfo,
            PvGrants grants,
            XenConsole console,
            XenTimer timer) {
        super(timer);
        this.start = start;
        this.model = model;
        this.sharedInfo = sharedInfo;
        this.grants = grants;
        this.console = console;
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected boolean suspend() {
        Pages.settle();
        grants.hide();
        sharedInfo.hide();
        start.nameOwnFrames();
        boolean suspended = Schedule.suspend(start.machineFrame()) == 0;
        SharedInfo.map();
        if (!suspended) {
            start.nameMachineFrames();
            grants.show();
        }
        return suspended;
    }

    /** The first CPU's vcpu_info comes before all else that looks there. */
    @Override
    @Uninterruptible(reason = REASON)
    protected void resume() {
        model.register(VirtualCpus.current());
        StartPages.read();
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected void resumeConsole() {
        console.resume();
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected void resumeProcessor() {
        int virtualCpu = VirtualCpus.current();
        if (virtualCpu != 0) {
            model.register(virtualCpu);
        }
    }
}
