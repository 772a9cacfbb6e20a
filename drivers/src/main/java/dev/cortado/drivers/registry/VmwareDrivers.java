package dev.cortado.drivers.registry;

import dev.cortado.drivers.vmware.backdoor.VmwareTime;
import dev.cortado.drivers.vmware.guestrpc.PowerService;
import dev.cortado.drivers.vmware.guestrpc.VmwarePower;
import dev.cortado.kernel.start.Services;
import dev.cortado.kernel.time.Clock;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** What a virtual machine of VMware's has besides what a PC has, but for disks and networks. */
@Platforms(Platform.HOSTED_ONLY.class)
final class VmwareDrivers {
    private VmwareDrivers() {}

    static void choose() {
        PcDrivers.choose(new VmwarePower());
        Clock.setSource(new VmwareTime());
        DriverRegistry.add("vmware.backdoor", "time: the time of day");
        Services.add(new PowerService());
        DriverRegistry.add("vmware.guestrpc", "the host's requests to end or to start again");
    }
}
