package dev.cortado.drivers.registry;

import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.xen.block.XenDisks;
import dev.cortado.drivers.xen.network.DomainNetworks;
import dev.cortado.drivers.xen.pv.XenPv;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What a PV domain of Xen has. */
@Platforms(Platform.HOSTED_ONLY.class)
final class XenPvDrivers {
    private XenPvDrivers() {}

    static void choose() {
        XenPv.install();
        MachineDisks.setSource(new XenDisks());
        DriverRegistry.add("xen.pv", "memory, interrupts and CPUs of a domain without hardware");
        DriverRegistry.add("xen.event", "interrupts from other domains and from Xen");
        DriverRegistry.add("xen.time", "time: clocks and deadlines");
        DriverRegistry.add("xen.console", "console: System.out, System.err and System.in");
        DriverRegistry.add("xen.power", "power: System.exit, the end of main, a panic");
        MachineNetwork.setBus(new DomainNetworks());
        DriverRegistry.add("xen.lifecycle", "xl shutdown, reboot, sysrq, save, restore, migrate");
    }
}
