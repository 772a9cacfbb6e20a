package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.pci.PciDevice;

/** Hears of devices that come and go while the machine runs, one after the other. */
public interface PciFollower {
    /** One has come, with addresses; whether this has a driver for it, which it starts then. */
    boolean attached(PciDevice device);

    /**
     * One has to go, or is gone already: its driver lets go of it. Who uses it hears of that in its
     * own way.
     *
     * @return whether nobody has it any more
     */
    boolean detached(PciDevice device);
}
