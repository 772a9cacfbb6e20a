package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusDriver;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import java.util.function.Consumer;
import java.util.function.Function;

/** Drives this domain's network devices, "vif" in xenstore. */
public final class XenNetDriver implements BusDriver {
    private final BackendAccess access;
    private final FrameSource source;
    private final NetworkSettings settings;
    private final Function<String, NetworkListener> listeners;
    private final Consumer<XenNet> found;

    /**
     * @param source of frames for rings
     * @param settings with buffers of a page each
     * @param listeners for the device with an id
     * @param found hears of each device, before it is connected
     */
    public XenNetDriver(
            BackendAccess access,
            FrameSource source,
            NetworkSettings settings,
            Function<String, NetworkListener> listeners,
            Consumer<XenNet> found) {
        this.access = access;
        this.source = source;
        this.settings = settings;
        this.listeners = listeners;
        this.found = found;
    }

    @Override
    public String type() {
        return "vif";
    }

    @Override
    public Frontend probe(BusDevice device) {
        XenNet net =
                new XenNet(
                        device,
                        access,
                        () -> new DeviceFrames(source, device.path()),
                        settings,
                        listeners.apply(device.id()));
        found.accept(net);
        return net;
    }
}
