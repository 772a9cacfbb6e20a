package dev.cortado.drivers.pci.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciFollower;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Controllers on PCI that come and go. Who uses the disks of one that goes has errors, since what
 * it will have when it comes back nobody can know: they are other disks then.
 */
final class PluggedControllers implements PciFollower {
    private final PciDisks disks;
    private final Consumer<FoundDisk> later;
    private final Consumer<String> log;

    /** Guarded by this. */
    private final Map<PciDevice, List<ControllerDisks>> open = new HashMap<>();

    /**
     * @param disks knows the drivers
     * @param later hears of disks of controllers that come
     * @param log hears of what cannot be used, and of deaths of drivers
     */
    PluggedControllers(PciDisks disks, Consumer<FoundDisk> later, Consumer<String> log) {
        this.disks = disks;
        this.later = later;
        this.log = log;
    }

    /** Starts a controller that there is a driver for. */
    synchronized void open(PciDevice controller, Consumer<FoundDisk> found) {
        try {
            List<ControllerDisks> opened =
                    disks.driver(controller).orElseThrow().open(controller, log);
            open.put(controller, opened);
            opened.forEach(each -> each.disks().forEach(found));
        } catch (IOException e) {
            log.accept(controller + ": " + e.getMessage());
        }
    }

    @Override
    public boolean attached(PciDevice device) {
        boolean isDriven = disks.driver(device).isPresent();
        if (isDriven) {
            open(device, later);
        }
        return isDriven;
    }

    @Override
    public synchronized boolean detached(PciDevice device) {
        Optional.ofNullable(open.remove(device))
                .ifPresent(opened -> opened.forEach(ControllerDisks::close));
        return true; // the bus knows whether it is claimed
    }
}
