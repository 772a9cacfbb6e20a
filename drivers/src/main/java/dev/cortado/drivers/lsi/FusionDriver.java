package dev.cortado.drivers.lsi;

import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.block.PciDiskDriver;
import dev.cortado.drivers.pci.host.PciConnection;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives LSI Logic's Fusion-MPT adapters; their disks are sda, sdb and so on. */
public final class FusionDriver implements PciDiskDriver {
    private static final int VENDOR = 0x1000;

    /** 53C1030, SAS1064, SAS1068, SAS1064E, SAS1068E ({@code mpi_cnfg.h}). */
    private static final Set<Integer> DEVICES = Set.of(0x0030, 0x0050, 0x0054, 0x0056, 0x0058);

    /** What a unit has for a command. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final DiskNames names;

    public FusionDriver(DiskNames names) {
        this.names = names;
    }

    @Override
    public boolean drives(PciDevice device) {
        return device.vendor() == VENDOR && DEVICES.contains(device.device());
    }

    @Override
    public List<ControllerDisks> open(PciDevice device, Consumer<String> log) throws IOException {
        return List.of(
                ControllerDisks.open(
                        device.toString(),
                        problems ->
                                FusionAdapter.start(
                                        PciConnection.open(device, 1, 0), PATIENCE, problems),
                        (place, disk) -> names.next(disk),
                        log));
    }
}
