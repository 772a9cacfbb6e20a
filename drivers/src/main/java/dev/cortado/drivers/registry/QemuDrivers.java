package dev.cortado.drivers.registry;

import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.entropy.MachineSeeds;
import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.pci.block.PcDisks;
import dev.cortado.drivers.pci.network.PcNetworks;
import dev.cortado.drivers.virtio.block.VirtioDisks;
import dev.cortado.drivers.virtio.entropy.VirtioEntropySources;
import dev.cortado.drivers.virtio.folder.MachineShares;
import dev.cortado.drivers.virtio.folder.VirtioShares;
import dev.cortado.drivers.virtio.network.VirtioNetworks;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** A PC whose host gives it disks and networks by virtio alone. */
@Platforms(Platform.HOSTED_ONLY.class)
final class QemuDrivers {
    private QemuDrivers() {}

    static void choose() {
        PcDrivers.choose();
        MachineDisks.setSource(new PcDisks(List.of(new VirtioDisks())));
        MachineSeeds.setSource(new VirtioEntropySources());
        MachineShares.setSource(new VirtioShares());
        MachineNetwork.setBus(new PcNetworks(List.of(new VirtioNetworks())));
    }
}
