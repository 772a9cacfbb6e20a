package dev.cortado.drivers.registry;

import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.generation.AcpiGeneration;
import dev.cortado.drivers.generation.MachineGeneration;
import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.pci.host.HostBridges;
import dev.cortado.drivers.xen.block.XenDisks;
import dev.cortado.drivers.xen.event.EventChannels;
import dev.cortado.drivers.xen.event.HvmDelivery;
import dev.cortado.drivers.xen.grant.GrantTable;
import dev.cortado.drivers.xen.grant.HvmGrants;
import dev.cortado.drivers.xen.lifecycle.ControlService;
import dev.cortado.drivers.xen.lifecycle.HvmFrameSpace;
import dev.cortado.drivers.xen.lifecycle.HvmSuspension;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.network.DomainNetworks;
import dev.cortado.drivers.xen.power.XenPower;
import dev.cortado.drivers.xen.power.XenSpinWait;
import dev.cortado.drivers.xen.shared.HvmSharedInfo;
import dev.cortado.drivers.xen.shared.HvmStartPages;
import dev.cortado.drivers.xen.shared.HvmVirtualCpus;
import dev.cortado.drivers.xen.shared.SharedInfo;
import dev.cortado.drivers.xen.shared.StartPages;
import dev.cortado.drivers.xen.shared.VirtualCpus;
import dev.cortado.drivers.xen.start.HvmConsole;
import dev.cortado.drivers.xen.start.HvmInterrupts;
import dev.cortado.drivers.xen.time.XenTime;
import dev.cortado.drivers.xen.time.XenTimer;
import dev.cortado.kernel.console.Console;
import dev.cortado.kernel.cpu.SpinLock;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.pc.Pc;
import dev.cortado.kernel.start.Services;
import dev.cortado.kernel.time.Clock;
import dev.cortado.kernel.time.Timer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What a PVH or HVM domain of Xen has. */
@Platforms(Platform.HOSTED_ONLY.class)
final class XenHvmDrivers {
    private XenHvmDrivers() {}

    static void choose() {
        Pc.install();
        HostBridges.expect();
        MachineGeneration.setId(new AcpiGeneration());
        MachineDisks.setSource(new XenDisks());
        StartPages.setSource(new HvmStartPages());
        SharedInfo.setSource(new HvmSharedInfo());
        VirtualCpus.setSource(new HvmVirtualCpus());
        EventChannels.setDelivery(new HvmDelivery());
        GrantTable.setAccess(new HvmGrants());
        Interrupts.setController(new HvmInterrupts());
        DriverRegistry.add("xen.event", "interrupts from other domains and from Xen");
        SpinLock.setWait(new XenSpinWait());
        Clock.setSource(new XenTime());
        XenTimer timer = new XenTimer();
        Timer.setDevice(timer);
        DriverRegistry.add("xen.time", "time: clocks and deadlines");
        HvmConsole console = new HvmConsole();
        Console.setDevice(console);
        DriverRegistry.add("xen.console", "console: System.out, System.err and System.in");
        Machine.setDevice(new XenPower());
        DriverRegistry.add("xen.power", "power: System.exit, the end of main, a panic");
        Suspension.setMoment(new HvmSuspension(console, timer));
        Services.add(new ControlService(new HvmFrameSpace()));
        MachineNetwork.setBus(new DomainNetworks());
        DriverRegistry.add("xen.lifecycle", "xl shutdown, reboot, sysrq, save, restore, migrate");
    }
}
