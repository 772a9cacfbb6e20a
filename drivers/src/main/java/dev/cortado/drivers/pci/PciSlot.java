package dev.cortado.drivers.pci;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where a machine may have a device, with up to eight functions.
 *
 * @param bridge that the bus is behind; null for a root bus
 */
public record PciSlot(ConfigurationSpace space, PciDevice bridge, int bus, int device) {
    /**
     * The functions that are there now.
     *
     * @param log hears of functions that cannot be
     */
    public List<PciDevice> scan(Consumer<String> log) {
        return PciScan.scan(this, log);
    }

    /** Whether a function is of this device, or of one that was here. */
    public boolean contains(PciAddress function) {
        return function.segment() == space.segment()
                && function.bus() == bus
                && function.device() == device;
    }

    /** For messages: its first function. */
    @Override
    public String toString() {
        return "pci " + new PciAddress(space.segment(), bus, device, 0);
    }
}
