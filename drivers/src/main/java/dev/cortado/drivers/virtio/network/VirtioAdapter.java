package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkAdapter;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.RestartableNetworkDevice;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A network device of the host in use. Its driver is a supervised service, whose thread serves
 * interrupts: if it dies, the device is reset, its buffers are given back, and another one is
 * started.
 */
public final class VirtioAdapter implements NetworkAdapter {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    /** Lives without a single one that could begin: then it is another device than we know. */
    private static final int FIRST_LIVES = 3;

    private final VirtioPlace place;
    private final int cpu;
    private final NetworkSettings settings;
    private final NetworkListener listener;
    private final RestartableNetworkDevice device;
    private final SupervisedService<Void, Void> service;
    private volatile VirtioNet current;

    /** Of the driver's threads, which live one after the other. */
    private boolean hasBegun;

    private int early;

    private VirtioAdapter(
            VirtioPlace place,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths) {
        this.place = place;
        this.cpu = cpu;
        this.settings = settings;
        this.listener = listener;
        device = new RestartableNetworkDevice(place.toString(), listener);
        service =
                new Supervisor(deaths.after(device::giveUp))
                        .start("network " + place.name(), () -> this::live, Contract.FAIL, policy);
    }

    /**
     * Starts a device.
     *
     * @param place one with a network device
     * @param cpu that its interrupts go to
     * @param listener is told by the driver's thread
     * @param policy how often and how soon its driver is started again, once one could begin;
     *     before that it is given up after three lives
     * @param deaths hears of that
     * @throws IOException it cannot be driven, as often as that was tried
     */
    public static VirtioAdapter open(
            VirtioPlace place,
            int cpu,
            NetworkSettings settings,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths)
            throws IOException {
        VirtioAdapter adapter = new VirtioAdapter(place, cpu, settings, listener, policy, deaths);
        try {
            adapter.device.await();
        } catch (IOException e) {
            adapter.close();
            throw e;
        }
        return adapter;
    }

    @Override
    public NetworkDevice device() {
        return device;
    }

    @Override
    public void watch(long now, long patience) {
        VirtioNet driver = current;
        if (driver != null) {
            try {
                driver.watch(now, patience);
            } catch (IOException e) {
                device.end(driver); // its own thread hears of it as well
            }
        }
    }

    /** One life of the driver. */
    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        try {
            drive();
        } catch (Throwable e) {
            if (!hasBegun && ++early == FIRST_LIVES) {
                // Who opens it does not wait for all the lives that the policy has.
                device.giveUp(e);
            }
            throw e;
        }
    }

    private void drive() throws IOException, InterruptedException {
        try (VirtioConnection connection = place.open(cpu)) {
            VirtioNet net = new VirtioNet(connection.device(), settings, listener, Thread::sleep);
            try {
                net.setEndListener(connection::wake);
                device.begin(net);
                hasBegun = true;
                current = net;
                serve(net, connection);
            } finally {
                current = null;
                // What it has not sent comes back while users can still reach it.
                net.close();
                device.end(net);
            }
        }
    }

    private static void serve(VirtioNet net, VirtioConnection connection)
            throws IOException, InterruptedException {
        while (true) {
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

    /**
     * Resets the device and lets go of it. The driver's own thread, as in a call of the listener's,
     * does not wait for that.
     */
    @Override
    public void close() {
        device.giveUp(new IOException("it was closed"));
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}
