package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.ServiceStarter;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A vif in use. Who serves one of its queues is a supervised service: if it dies, all that the
 * backend has is taken back, and another connection is made for the next life.
 */
final class VifAdapter implements NetworkAdapter {
    /** For a backend to be ready at the start, which is later where its scripts take longer. */
    private static final long START = TimeUnit.SECONDS.toNanos(5);

    private final VifPlace place;
    private final XenNet net;
    private final XenBus bus;

    /** Ends each service. */
    private final List<Runnable> services = new ArrayList<>();

    private VifAdapter(VifPlace place, XenNet net, XenBus bus) {
        this.place = place;
        this.net = net;
        this.bus = bus;
    }

    /** As {@link dev.cortado.drivers.network.NetworkPlace#open}, once the place has the device. */
    static VifAdapter open(
            VifPlace place, XenNet net, VifBus bus, RestartPolicy policy, ServiceListener deaths)
            throws IOException {
        VifAdapter adapter = new VifAdapter(place, net, bus.bus());
        try {
            adapter.begin(bus.starter(), policy, deaths);
            return adapter;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(place + ": interrupted");
        }
    }

    private void begin(ServiceStarter starter, RestartPolicy policy, ServiceListener deaths)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            start(starter, policy, deaths);
            bus.offerAgain();
            net.awaitLink(START);
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void start(ServiceStarter starter, RestartPolicy policy, ServiceListener deaths) {
        ServiceListener listener = deaths.after(why -> release());
        for (int i = 0; i < net.queues(); i++) {
            int queue = i;
            String name = "network " + place + (net.queues() > 1 ? " queue " + queue : "");
            services.add(starter.start(name, () -> live(queue), policy, listener));
        }
    }

    /** One life of a queue's service. */
    private void live(int queue) throws IOException, InterruptedException {
        try {
            net.serve(queue);
        } catch (IOException | RuntimeException | Error e) {
            net.abandon();
            bus.renew(net.device());
            throw e;
        }
    }

    @Override
    public NetworkDevice device() {
        return net;
    }

    @Override
    public List<String> addresses() {
        return net.addresses();
    }

    /** A service was given up: the backend is told that nothing comes any more. */
    private void release() {
        BusDevice device = net.device();
        if (device != null) {
            bus.release(device);
        }
    }

    @Override
    public void close() {
        try {
            release();
        } finally {
            place.free();
            services.forEach(Runnable::run);
        }
    }
}
