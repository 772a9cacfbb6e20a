package dev.cortado.drivers.network;

import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;

/**
 * A device that a machine has from its start.
 *
 * @param where for messages
 */
public record NumberedPlace(int number, Object where, Driver driver) implements NetworkPlace {
    /** What drives it. */
    @FunctionalInterface
    public interface Driver {
        /** As {@link NetworkPlace#open}. */
        NetworkAdapter open(
                NetworkSettings settings,
                NetworkListener listener,
                RestartPolicy policy,
                ServiceListener deaths)
                throws IOException;
    }

    @Override
    public NetworkAdapter open(
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException {
        return driver.open(settings, listener, policy, deaths);
    }

    @Override
    public String toString() {
        return where.toString();
    }
}
