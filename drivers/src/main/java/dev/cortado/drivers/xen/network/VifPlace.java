package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;

/** A number that a vif of this domain has, or had: who drives it does so until it is closed. */
final class VifPlace implements NetworkPlace {
    private final VifBus bus;
    private final String path;
    private final int number;

    /** What drives it, or null. */
    private volatile XenNet net;

    VifPlace(VifBus bus, String path, int number) {
        this.bus = bus;
        this.path = path;
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    XenNet net() {
        return net;
    }

    @Override
    public NetworkAdapter open(
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException {
        XenNet made;
        synchronized (this) {
            if (net != null) {
                throw new IOException(this + ": another driver has it");
            }
            made = bus.newDevice(path, settings, listener);
            net = made;
        }
        return VifAdapter.open(this, made, bus, policy, deaths);
    }

    /** Nobody drives it any more. The next device of this number is a new one. */
    void free() {
        net = null;
        bus.forget(this);
    }

    @Override
    public String toString() {
        return path;
    }
}
