package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkPlace;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusDriver;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.ServiceStarter;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** This domain's network devices, "vif" in xenstore. */
final class VifBus implements BusDriver {
    /** What a toolstack counts up from 0. */
    private static final String NUMBER = "0|[1-9][0-9]{0,4}";

    private final BackendAccess access;
    private final FrameSource source;
    private final ServiceStarter starter;
    private final XenBus bus;

    /** By number; guarded by this. */
    private final TreeMap<Integer, VifPlace> places = new TreeMap<>();

    /** Null as long as nobody has asked for what there is. */
    private Consumer<NetworkPlace> listener;

    /**
     * @param source of frames for rings
     * @param starter of the threads that serve them
     * @param log hears of devices that failed
     */
    VifBus(
            XenStore store,
            BackendAccess access,
            FrameSource source,
            ServiceStarter starter,
            Consumer<String> log) {
        this.access = access;
        this.source = source;
        this.starter = starter;
        bus = new XenBus(store, List.of(this), log);
    }

    /** As {@link dev.cortado.drivers.network.NetworkBus#start}. */
    List<NetworkPlace> start(Consumer<NetworkPlace> later) throws IOException {
        bus.start();
        synchronized (this) {
            listener = later;
            return List.copyOf(places.values());
        }
    }

    XenBus bus() {
        return bus;
    }

    ServiceStarter starter() {
        return starter;
    }

    XenNet newDevice(String path, NetworkSettings settings, NetworkListener user) {
        return new XenNet(path, access, () -> new DeviceFrames(source, path), settings, user);
    }

    synchronized void forget(VifPlace place) {
        places.remove(place.number(), place);
    }

    @Override
    public String type() {
        return "vif";
    }

    /** One that nobody has opened is told of, and offered again when somebody has. */
    @Override
    public Frontend probe(BusDevice device) throws IOException {
        if (!device.id().matches(NUMBER)) {
            throw new IOException("no network device has the number " + device.id());
        }
        int number = Integer.parseInt(device.id());
        VifPlace place;
        Consumer<NetworkPlace> told = null;
        synchronized (this) {
            place = places.get(number);
            if (place == null) {
                place = new VifPlace(this, device.path(), number);
                places.put(number, place);
                told = listener;
            }
        }
        if (told != null) {
            told.accept(place);
        }
        XenNet net = place.net();
        if (net != null) {
            net.attach(device);
        }
        return net;
    }
}
