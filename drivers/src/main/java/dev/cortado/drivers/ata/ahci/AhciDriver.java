package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.block.PciDiskDriver;
import dev.cortado.drivers.pci.host.PciConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives AHCI controllers; their disks are sda, sdb and so on. */
public final class AhciDriver implements PciDiskDriver {
    /** What a disk has for a command. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final DiskNames names;

    public AhciDriver(DiskNames names) {
        this.names = names;
    }

    @Override
    public boolean drives(PciDevice device) {
        return device.classCode() == AhciController.CLASS_CODE;
    }

    @Override
    public List<ControllerDisks> open(PciDevice device, Consumer<String> log) throws IOException {
        return List.of(
                ControllerDisks.open(
                        device.toString(),
                        problems ->
                                AhciController.start(
                                        PciConnection.open(device, 1, 0), PATIENCE, problems),
                        (place, disk) -> names.next(disk),
                        log));
    }
}
