package dev.cortado.drivers.pci.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The disks of all controllers on PCI that one of several drivers is for. */
public final class PciDisks extends MachineDisks {
    private final List<PciDiskDriver> drivers;

    /**
     * @param drivers each device is the first one's that knows it
     */
    public PciDisks(List<PciDiskDriver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    @Override
    public List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log) {
        PciBus bus = PciBus.get();
        List<PciDevice> controllers =
                bus.devices().stream().filter(device -> driver(device).isPresent()).toList();
        controllers.forEach(bus::know);
        // What the firmware left behind on one's pin would come to others on its line.
        controllers.forEach(device -> device.setPinEnabled(false));
        PluggedControllers plugged = new PluggedControllers(this, later, log);
        List<FoundDisk> found = new ArrayList<>();
        controllers.forEach(controller -> plugged.open(controller, found::add));
        bus.follow(plugged, log);
        return found;
    }

    Optional<PciDiskDriver> driver(PciDevice device) {
        return drivers.stream().filter(driver -> driver.drives(device)).findFirst();
    }
}
