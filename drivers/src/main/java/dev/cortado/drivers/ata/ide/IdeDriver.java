package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.block.DiskNames;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.block.PciDiskDriver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives IDE controllers with DMA, as PIIX has them; their disks are sda, sdb and so on. */
public final class IdeDriver implements PciDiskDriver {
    /** What a drive has for a command. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final DiskNames names;

    public IdeDriver(DiskNames names) {
        this.names = names;
    }

    @Override
    public boolean drives(PciDevice device) {
        return device.classCode() >>> 8 == IdeController.CLASS
                && (device.classCode() & IdeController.INTERFACE_DMA) != 0;
    }

    @Override
    public List<ControllerDisks> open(PciDevice device, Consumer<String> log) {
        IdeController controller = new IdeController(device);
        List<ControllerDisks> found = new ArrayList<>();
        for (int i = 0; i < IdeController.CHANNELS; i++) {
            int channel = i;
            String name = controller.name(channel);
            if ((device.classCode() & IdeController.INTERFACE_NATIVE << 2 * channel) != 0) {
                log.accept(name + ": its ports are not where they were of old: not supported");
                continue;
            }
            try {
                found.add(
                        ControllerDisks.open(
                                name,
                                problems ->
                                        IdeChannel.start(
                                                IdeAccess.open(controller, channel, 0),
                                                PATIENCE,
                                                problems),
                                (place, disk) -> names.next(disk),
                                log));
            } catch (IOException e) {
                log.accept(e.getMessage());
            }
        }
        return found;
    }
}
