package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A folder of the host in use. Its driver is a supervised service, whose thread serves interrupts:
 * if it dies, the device is reset and another one is started, to which everything has to be said
 * again.
 */
public final class VirtioShare implements AutoCloseable {
    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    private final VirtioPlace place;
    private final int cpu;
    private final SupervisedService<Void, Void> service;

    /** Null between two; guarded by this, as the next one. */
    private VirtioFolder current;

    private IOException end;

    /** Made beforehand: who waits has to hear that there is an end, also without memory for why. */
    private final IOException unsaid;

    private VirtioShare(
            VirtioPlace place, int cpu, RestartPolicy policy, ServiceListener listener) {
        this.place = place;
        this.cpu = cpu;
        unsaid = new IOException(place + ": its driver was given up");
        service =
                new Supervisor(listener.after(this::giveUp))
                        .start("folder " + place.name(), () -> this::live, Contract.FAIL, policy);
    }

    /**
     * Starts the driver of a folder.
     *
     * @param place one with such a device
     * @param cpu that its interrupts go to
     * @param policy how often and how soon its driver is started again
     * @param listener hears of that
     * @throws IOException it cannot be driven, as often as that was tried
     */
    public static VirtioShare open(
            VirtioPlace place, int cpu, RestartPolicy policy, ServiceListener listener)
            throws IOException {
        VirtioShare share = new VirtioShare(place, cpu, policy, listener);
        boolean done = false;
        try {
            share.await();
            done = true;
            return share;
        } finally {
            if (!done) {
                share.close();
            }
        }
    }

    /** What it is and where, for messages. */
    @Override
    public String toString() {
        return place.toString();
    }

    /**
     * Waits until there is a driver.
     *
     * @throws IOException there will be none any more
     */
    public synchronized VirtioFolder await() throws IOException {
        PostponedInterrupt.during(() -> {
            while (end == null && (current == null || !current.isAlive())) {
                wait();
            }
        });
        if (end != null) {
            throw new IOException(end.getMessage(), end);
        }
        return current;
    }

    private synchronized void begin(VirtioFolder life) {
        current = life;
        notifyAll();
    }

    private synchronized void giveUp(Throwable why) {
        if (end == null) {
            end = said(why);
        }
        notifyAll();
    }

    private IOException said(Throwable why) {
        try {
            return new IOException(place + ": " + why.getMessage(), why);
        } catch (OutOfMemoryError e) {
            return unsaid;
        }
    }

    /** One life of the driver. */
    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        try (VirtioConnection connection = place.open(cpu)) {
            VirtioFolder life = new VirtioFolder(connection.device(), connection::wake);
            begin(life);
            try {
                while (life.isAlive()) {
                    connection.await(LONG);
                    life.service();
                    if (connection.takeConfigurationChange()) {
                        life.configurationChanged();
                    }
                }
                throw new IOException(life.name() + ": its driver is at its end");
            } finally {
                // Whoever waits for a reply must not wait for a thread that is no more.
                life.fail("its driver is at its end");
            }
        }
    }

    /** Resets the device and lets go of it; requests under way end with an error. */
    @Override
    public void close() {
        giveUp(new IOException("it was closed"));
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}
