package dev.cortado.drivers.xen.lifecycle;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.XenHypervisor;
import dev.cortado.drivers.xen.power.Schedule;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.start.HvmConsole;
import dev.cortado.drivers.xen.time.XenTimer;

/** The moment of a suspension of a PVH or HVM domain. */
public final class HvmSuspension extends DomainSuspension {
    private final HvmConsole console;

    public HvmSuspension(HvmConsole console, XenTimer timer) {
        super(timer);
        this.console = console;
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected boolean suspend() {
        return Schedule.shutdown(Schedule.SUSPEND) == 0;
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected void resume() {
        XenHypervisor.writePage();
        StartPages.read();
        SharedInfo.map();
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected void resumeConsole() {
        console.resume();
    }

    @Override
    @Uninterruptible(reason = REASON)
    protected void resumeProcessor() {
        SharedInfo.startProcessor();
    }
}
