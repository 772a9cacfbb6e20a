package dev.cortado.drivers.pci.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;

/** Knows a kind of network cards. */
public interface PciNetworkDriver {
    /** Whether it is for a device, by its vendor, number and class. */
    boolean drives(PciDevice device);

    /**
     * Starts it, as {@link NetworkPlace#open} says.
     *
     * @param cpu that its interrupts go to
     * @throws IOException the card cannot be driven
     */
    NetworkAdapter open(
            PciDevice device,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException;
}
