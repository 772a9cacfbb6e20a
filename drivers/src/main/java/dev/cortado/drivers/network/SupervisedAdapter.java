package dev.cortado.drivers.network;

import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.io.IOException;
import java.time.Duration;

/**
 * A network device in use. Its driver is a supervised service, whose thread serves interrupts: if
 * it dies, the device is reset, its buffers are given back, and another one is started.
 */
public final class SupervisedAdapter implements NetworkAdapter {
    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    /** Lives without a single one that could begin: then it is another device than we know. */
    private static final int FIRST_LIVES = 3;

    private final Life life;
    private final RestartableNetworkDevice device;
    private final SupervisedService<Void, Void> service;
    private volatile NetworkDriver current;

    /** Of the driver's threads, which live one after the other. */
    private boolean hasBegun;

    private int early;

    /** What a driver's thread does from its start to its death. */
    public interface Life {
        /** Takes the device, makes a driver for it, and {@linkplain #serve serves} with that. */
        void live(SupervisedAdapter adapter) throws IOException, InterruptedException;
    }

    /** What a driver's thread does with a driver that has begun. */
    public interface Work {
        void run() throws IOException, InterruptedException;
    }

    private SupervisedAdapter(
            String name,
            String place,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths,
            Life life) {
        this.life = life;
        device = new RestartableNetworkDevice(name, listener);
        service =
                new Supervisor(deaths.after(device::giveUp))
                        .start("network " + place, () -> this::live, Contract.FAIL, policy);
    }

    /**
     * Starts a device.
     *
     * @param name of the device, for messages
     * @param place where it is, for the name of its thread
     * @param listener is told by the driver's thread
     * @param policy how often and how soon its driver is started again, once one could begin;
     *     before that it is given up after three lives
     * @param deaths hears of that
     * @throws IOException it cannot be driven, as often as that was tried
     */
    public static SupervisedAdapter open(
            String name,
            String place,
            NetworkListener listener,
            RestartPolicy policy,
            ServiceListener deaths,
            Life life)
            throws IOException {
        SupervisedAdapter adapter =
                new SupervisedAdapter(name, place, listener, policy, deaths, life);
        boolean done = false;
        try {
            adapter.device.await();
            done = true;
            return adapter;
        } finally {
            if (!done) {
                adapter.close();
            }
        }
    }

    @Override
    public NetworkDevice device() {
        return device;
    }

    @Override
    public void watch(long now, long patience) {
        NetworkDriver driver = current;
        if (driver != null) {
            try {
                driver.watch(now, patience);
            } catch (IOException e) {
                device.end(driver); // its own thread hears of it as well
            }
        }
    }

    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        try {
            life.live(this);
        } catch (Throwable e) {
            if (!hasBegun && ++early == FIRST_LIVES) {
                // Who opens it does not wait for all the lives that the policy has.
                device.giveUp(e);
            }
            throw e;
        }
    }

    /**
     * In the driver's thread: the device is this driver's until its work has come to its end. Then
     * it is closed.
     *
     * @param wake lets the work look, as an interrupt would
     */
    public void serve(NetworkDriver driver, Runnable wake, Work work)
            throws IOException, InterruptedException {
        try {
            driver.setEndListener(wake);
            device.begin(driver);
            hasBegun = true;
            current = driver;
            work.run();
        } finally {
            current = null;
            try {
                // What it has not sent comes back while users can still reach it.
                driver.close();
            } finally {
                device.end(driver);
            }
        }
    }

    /** In the driver's thread: there is no device until it serves again. */
    public void takenAway() {
        device.takenAway();
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
