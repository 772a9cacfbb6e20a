package dev.cortado.drivers.virtio.entropy;

import dev.cortado.drivers.entropy.EntropyDevice;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Random bytes of the host for a pool: a seed at once, and another one every so often, so that
 * copies of a machine part. The pool is to have sources of its own, as a {@code SecureRandom} has,
 * whose {@code setSeed} mixes them in. The driver is a supervised service.
 */
public final class VirtioSeeds implements AutoCloseable {
    /** Of a seed. */
    public static final int BYTES = 32;

    /** What a device has for an answer: a host may wait for its own random bytes. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    private final VirtioPlace place;
    private final int cpu;
    private final Duration pause;
    private final Consumer<byte[]> pool;
    private final CountDownLatch given = new CountDownLatch(1);
    private final SupervisedService<Void, Void> service;

    /**
     * Starts to give seeds.
     *
     * @param place one with an entropy device
     * @param cpu that its interrupts go to
     * @param pause between two seeds
     * @param pool is given each, an array of its own
     * @param policy how often and how soon the driver is started again
     * @param listener hears of that, and of a device that cannot be driven
     */
    public VirtioSeeds(
            VirtioPlace place,
            int cpu,
            Duration pause,
            Consumer<byte[]> pool,
            RestartPolicy policy,
            ServiceListener listener) {
        this.place = place;
        this.cpu = cpu;
        this.pause = pause;
        this.pool = pool;
        service =
                new Supervisor(listener)
                        .start("seeds " + place.name(), () -> this::live, Contract.FAIL, policy);
    }

    /** Waits until the pool has the first seed; false if that was not in time. */
    public boolean awaitFirst(Duration timeout) throws InterruptedException {
        return given.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        try (VirtioConnection connection = place.open(cpu)) {
            EntropyDevice device =
                    new VirtioEntropy(connection.device(), connection, System::nanoTime, PATIENCE);
            while (true) {
                pool.accept(seed(device));
                given.countDown();
                pause(connection);
            }
        }
    }

    /** As who waits for the device: others may be on its line, and wait until it is looked at. */
    private void pause(VirtioConnection connection) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
            connection.await(left);
        }
    }

    /** A whole seed, in as many parts as the device gives. */
    static byte[] seed(EntropyDevice device) throws IOException, InterruptedException {
        byte[] seed = new byte[BYTES];
        for (int done = 0; done < BYTES; ) {
            done += device.read(seed, done, BYTES - done);
        }
        return seed;
    }

    /**
     * Resets the device and lets go of it. The driver's own thread, as in a call of the listener's
     * or the pool's, does not wait for that.
     */
    @Override
    public void close() {
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}
