package dev.cortado.drivers.network;

import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;

/** Where a machine has a network device, with a driver or without. */
public interface NetworkPlace {
    /** Among the machine's network devices; not more than five digits. */
    int number();

    /**
     * Starts its driver, a supervised service, and waits for a moment until it could begin.
     *
     * @param listener is told by the driver's threads
     * @param policy how often and how soon the driver is started again
     * @param deaths hears of that
     * @throws IOException it cannot be driven
     */
    NetworkAdapter open(
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException;
}
