package dev.cortado.drivers.registry;

import dev.cortado.drivers.ata.ahci.AhciDriver;
import dev.cortado.drivers.ata.ide.IdeDriver;
import dev.cortado.drivers.generation.AcpiGeneration;
import dev.cortado.drivers.intel.IntelNetworks;
import dev.cortado.drivers.lsi.FusionDriver;
import dev.cortado.drivers.nvme.NvmeDriver;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.power.EventPorts;
import dev.cortado.drivers.qemu.FirmwareConfiguration;
import dev.cortado.drivers.tulip.TulipNetworks;
import dev.cortado.drivers.virtio.block.VirtioBlock;
import dev.cortado.drivers.virtio.entropy.VirtioEntropy;
import dev.cortado.drivers.virtio.folder.NinepDevice;
import dev.cortado.drivers.virtio.folder.VirtiofsDevice;
import dev.cortado.drivers.virtio.network.VirtioNet;
import dev.cortado.drivers.virtio.scsi.VirtioScsiDisks;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.vmware.pvscsi.PvscsiDriver;
import dev.cortado.drivers.vmware.vmxnet3.Vmxnet3Networks;
import dev.cortado.drivers.xen.block.XenBlock;
import dev.cortado.drivers.xen.network.DomainNetworks;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.Feature.BeforeAnalysisAccess;

/**
 * Drivers that no target chooses: they are in an image because the program, or something that it
 * uses, calls them. The compiler finds that out; here it is only noted.
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class ReachedDrivers {
    private ReachedDrivers() {}

    static void note(BeforeAnalysisAccess access) {
        note(access, PciDevice.class, "pci", "the program looks for devices on buses");
        note(access, EventPorts.class, "power.EventPorts", "devices may come and go");
        note(access, MmioTransport.class, "virtio.mmio", "the program looks for devices on buses");
        note(access, VirtioBlock.class, "virtio.block", "the program uses disks");
        note(access, NinepDevice.class, "virtio.9p", "the program mounts a folder of its host");
        note(access, VirtiofsDevice.class, "virtio.fs", "the program mounts a folder of its host");
        note(access, NvmeDriver.class, "nvme", "the program uses disks");
        note(access, AhciDriver.class, "ata.ahci", "the program uses disks");
        note(access, IdeDriver.class, "ata.ide", "the program uses disks");
        note(access, FusionDriver.class, "lsi", "the program uses disks");
        note(access, PvscsiDriver.class, "vmware.pvscsi", "the program uses disks");
        note(access, VirtioScsiDisks.class, "virtio.scsi", "the program uses disks");
        note(access, XenBlock.class, "xen.block", "the program uses disks");
        note(access, VirtioNet.class, "virtio.network", "the program uses the network");
        note(access, IntelNetworks.class, "intel", "the program uses the network");
        note(access, Vmxnet3Networks.class, "vmware.vmxnet3", "the program uses the network");
        note(access, TulipNetworks.class, "tulip", "the program uses the network");
        note(access, DomainNetworks.class, "xen.network", "the program uses the network");
        note(access, AcpiGeneration.class, "generation", "the program uses random numbers");
        note(access, VirtioEntropy.class, "virtio.entropy", "the program uses random numbers");
        note(access, FirmwareConfiguration.class, "qemu.fw_cfg", "configuration at boot");
    }

    private static void note(
            BeforeAnalysisAccess access, Class<?> type, String driver, String reason) {
        access.registerReachabilityHandler(
                during -> DriverRegistry.addReached(driver, reason, type), type);
    }
}
