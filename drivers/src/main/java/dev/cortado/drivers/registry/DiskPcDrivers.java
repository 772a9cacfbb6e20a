package dev.cortado.drivers.registry;

import dev.cortado.boot.layout.Target;
import dev.cortado.drivers.ata.ahci.AhciDriver;
import dev.cortado.drivers.ata.ide.IdeDriver;
import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.entropy.MachineSeeds;
import dev.cortado.drivers.intel.IntelNetworks;
import dev.cortado.drivers.lsi.FusionDriver;
import dev.cortado.drivers.network.MachineNetwork;
import dev.cortado.drivers.network.NetworkBus;
import dev.cortado.drivers.nvme.NvmeDriver;
import dev.cortado.drivers.pci.block.PcDisks;
import dev.cortado.drivers.pci.block.PciDiskDriver;
import dev.cortado.drivers.pci.block.PciDisks;
import dev.cortado.drivers.pci.network.PcNetworks;
import dev.cortado.drivers.pci.network.PciNetworkDriver;
import dev.cortado.drivers.pci.network.PciNetworks;
import dev.cortado.drivers.tulip.TulipNetworks;
import dev.cortado.drivers.virtio.block.VirtioDisks;
import dev.cortado.drivers.virtio.entropy.VirtioEntropySources;
import dev.cortado.drivers.virtio.folder.MachineShares;
import dev.cortado.drivers.virtio.folder.VirtioShares;
import dev.cortado.drivers.virtio.network.VirtioNetworks;
import dev.cortado.drivers.virtio.scsi.VirtioScsiDisks;
import dev.cortado.drivers.vmware.pvscsi.PvscsiDriver;
import dev.cortado.drivers.vmware.vmxnet3.Vmxnet3Networks;
import dev.cortado.kernel.hyperv.Hyperv;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** PCs that start from a disk, with controllers and cards such as these have. */
@Platforms(Platform.HOSTED_ONLY.class)
final class DiskPcDrivers {
    private DiskPcDrivers() {}

    static void choose(Target target) {
        if (target == Target.VMWARE) {
            VmwareDrivers.choose();
        } else {
            PcDrivers.choose();
            Hyperv.install();
            DriverRegistry.add("hyperv", "time and interrupts, where Hyper-V offers them");
        }
        DiskNames names = new DiskNames("sd");
        MachineDisks pci = new PciDisks(disks(target, names));
        NetworkBus cards = new PciNetworks(networks(target));
        if (target == Target.BARE) {
            MachineDisks.setSource(
                    new PcDisks(List.of(new VirtioDisks(), pci, new VirtioScsiDisks(names))));
            MachineSeeds.setSource(new VirtioEntropySources());
            MachineShares.setSource(new VirtioShares());
            MachineNetwork.setBus(new PcNetworks(List.of(new VirtioNetworks(), cards)));
        } else {
            MachineDisks.setSource(new PcDisks(List.of(pci)));
            MachineNetwork.setBus(new PcNetworks(List.of(cards)));
        }
    }

    private static List<PciDiskDriver> disks(Target target, DiskNames names) {
        if (target == Target.HYPERV) {
            return List.of(new IdeDriver(names));
        }
        return List.of(
                new NvmeDriver(),
                new AhciDriver(names),
                new PvscsiDriver(names),
                new FusionDriver(names),
                new IdeDriver(names));
    }

    private static List<PciNetworkDriver> networks(Target target) {
        return switch (target) {
            case HYPERV -> List.of(new TulipNetworks());
            case VMWARE -> List.of(new IntelNetworks(), new Vmxnet3Networks());
            default -> List.of(new IntelNetworks(), new Vmxnet3Networks(), new TulipNetworks());
        };
    }
}
