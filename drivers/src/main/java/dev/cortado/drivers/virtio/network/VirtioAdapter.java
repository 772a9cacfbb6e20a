package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.SupervisedAdapter;
import dev.cortado.drivers.virtio.bus.PluggedPlace;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Network devices of the host in use. */
public final class VirtioAdapter {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    private VirtioAdapter() {}

    /**
     * Starts a device, as {@link SupervisedAdapter#open} says.
     *
     * @param place one with a network device, which may come and go
     * @param first the device that is there now, for its name
     * @param cpu that its interrupts go to
     */
    public static NetworkAdapter open(
            PluggedPlace place,
            VirtioPlace first,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException {
        return SupervisedAdapter.open(
                first.toString(),
                first.name(),
                listener,
                policy,
                deaths.after(why -> place.close()),
                adapter -> live(adapter, place, cpu, settings, listener));
    }

    /** One life of the driver, wherever its device is. */
    private static void live(
            SupervisedAdapter adapter,
            PluggedPlace place,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener)
            throws IOException, InterruptedException {
        for (VirtioPlace at = place.hold(); at != null; at = place.hold()) {
            try (VirtioConnection connection = at.open(cpu);
                    VirtioNet net =
                            new VirtioNet(connection.device(), settings, listener, Thread::sleep)) {
                adapter.serve(net, connection::wake, () -> serve(net, connection, place));
            } finally {
                place.letGo();
            }
            adapter.takenAway();
        }
    }

    private static void serve(VirtioNet net, VirtioConnection connection, PluggedPlace place)
            throws IOException, InterruptedException {
        place.begin(connection::wake);
        while (place.isHeld()) {
            boolean isMore = false;
            for (int i = 0; i < net.queues(); i++) {
                isMore |= net.service(i);
            }
            connection.await(isMore ? 0 : LONG);
            if (connection.takeConfigurationChange()) {
                net.configurationChanged();
            }
        }
    }
}
