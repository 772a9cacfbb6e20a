package dev.cortado.drivers.pci.block;

import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Knows a kind of controllers that have disks. */
public interface PciDiskDriver {
    /** Whether it is for a device, by its vendor, number and class. */
    boolean drives(PciDevice device);

    /**
     * Takes a controller and starts its disks.
     *
     * @param log hears of disks that cannot be used, and of deaths of drivers
     * @return in their order; a controller of several channels has some for each
     * @throws IOException the controller cannot be used
     */
    List<ControllerDisks> open(PciDevice device, Consumer<String> log) throws IOException;
}
