package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.virtio.bus.VirtioConnection;
import dev.cortado.drivers.virtio.bus.VirtioPlace;
import dev.cortado.kernel.cpu.Processors;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.Server;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A disk of the host in use. Its driver is a supervised service, whose thread serves interrupts: if
 * it dies, the device is reset, its frames are given back, and another one is started.
 */
public final class VirtioDisk implements AutoCloseable {
    /** What a device has for a request, which may be on a slow disk. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    private final VirtioPlace place;
    private final int cpu;
    private final RestartableBlockDevice device;
    private final SupervisedService<Void, Void> service;

    private VirtioDisk(VirtioPlace place, int cpu, RestartPolicy policy, ServiceListener listener) {
        this.place = place;
        this.cpu = cpu;
        device = new RestartableBlockDevice(place.toString());
        service =
                new Supervisor(listener.after(device::giveUp))
                        .start("disk " + place.name(), () -> this::live, Contract.FAIL, policy);
    }

    /**
     * Starts a disk.
     *
     * @param place one with a block device
     * @param cpu that its interrupts go to, as far as no other CPU has a queue
     * @param policy how often and how soon its driver is started again
     * @param listener hears of that
     * @throws IOException it cannot be driven, as often as that was tried
     */
    public static VirtioDisk open(
            VirtioPlace place, int cpu, RestartPolicy policy, ServiceListener listener)
            throws IOException {
        VirtioDisk disk = new VirtioDisk(place, cpu, policy, listener);
        boolean done = false;
        try {
            disk.device.await();
            done = true;
            return disk;
        } finally {
            if (!done) {
                disk.close();
            }
        }
    }

    public BlockDevice device() {
        return device;
    }

    /** How often its driver was started again. */
    public int restarts() {
        return service.restarts();
    }

    /** A queue's interrupts go to the CPU that it is of, the first one's to the disk's. */
    private int[] queueCpus(int cpus) {
        int[] ofQueues = new int[Math.min(cpus, VirtioBlock.MOST_QUEUES)];
        Arrays.setAll(ofQueues, queue -> (cpu + queue) % cpus);
        return ofQueues;
    }

    /** One life of the driver. */
    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        int cpus = Processors.online();
        try (VirtioConnection connection = place.open(queueCpus(cpus))) {
            VirtioBlock.Callers callers =
                    new VirtioBlock.Callers(
                            cpus, () -> Processors.current().getId() - cpu, connection::wake);
            VirtioBlock block = new VirtioBlock(connection.device(), PATIENCE, callers);
            device.begin(block);
            try {
                while (block.isAlive()) {
                    connection.await(LONG);
                    block.service();
                    if (connection.takeConfigurationChange()) {
                        block.configurationChanged();
                    }
                }
                throw new IOException(block.name() + ": its driver is at its end");
            } finally {
                try {
                    // Whoever waits for a request must not wait for a thread that is no more.
                    block.close();
                } finally {
                    device.end(block);
                }
            }
        }
    }

    /**
     * Resets the device and lets go of it; requests under way end with an error. The driver's own
     * thread, as in a call of the listener's, does not wait for that.
     */
    @Override
    public void close() {
        device.giveUp(new IOException("it was closed"));
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}
