package dev.cortado.drivers.xen.pv;

import dev.cortado.drivers.xen.console.XenConsole;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.lifecycle.ControlService;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.power.XenSpinWait;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.drivers.xen.time.XenTime;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.MachineMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.start.BootInformation;
import dev.cortado.kernel.start.ProcessorStart;
import dev.cortado.kernel.start.Services;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Makes the image that is being built one for a PV domain. */
public final class XenPv {
    private XenPv() {}

    /** Sets everything that a kernel and Xen's drivers need of their machine. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void install() {
        MachineFrames frames = new MachineFrames(new VirtualMemory());
        TableCalls calls = new XenTableCalls();
        PvStart start = new PvStart(frames);
        PvMapping mapping = new PvMapping(frames, start, calls);
        BootInformation.setProtocol(start);
        MachineMemory.setTables(new PvTables(new DirectMap(), frames, calls));
        MachineMemory.setEarlyMapping(mapping);
        MachineMemory.setMapping(mapping);
        MachineMemory.setTranslations(new PvTranslations(calls));
        PvProcessorModel model = new PvProcessorModel(frames);
        ProcessorStart.setModel(model);
        ProcessorStart.setStarter(new PvStarter(frames, model));
        PvInterrupts interrupts = new PvInterrupts();
        Interrupts.setController(interrupts);
        EventChannels.setDelivery(interrupts);
        SpinLock.setWait(new XenSpinWait());
        Clock.setSource(new XenTime());
        XenTimer timer = new XenTimer();
        Timer.setDevice(timer);
        StartPages.setSource(new PvStartPages(start));
        PvSharedInfo sharedInfo = new PvSharedInfo(start, calls, model, frames);
        SharedInfo.setSource(sharedInfo);
        VirtualCpus.setSource(new PvVirtualCpus());
        PvGrants grants = new PvGrants(frames, calls);
        GrantTable.setAccess(grants);
        XenConsole console = new XenConsole();
        Console.setDevice(console);
        Machine.setDevice(new PvPower());
        Suspension.setMoment(new PvSuspension(start, model, sharedInfo, grants, console, timer));
        Services.add(new ControlService(new PvFrameSpace(frames, calls)));
    }
}
