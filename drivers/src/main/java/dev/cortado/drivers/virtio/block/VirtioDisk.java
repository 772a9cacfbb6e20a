package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.OtherMediumException;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.virtio.bus.PluggedPlace;
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
 * it dies, the device is reset, its frames are given back, and another one is started. A device
 * that is taken away is waited for, and goes on where one like it is attached again.
 */
public final class VirtioDisk implements AutoCloseable {
    /** What a device has for a request, which may be on a slow disk. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** How long the thread waits for one interrupt: for ever, but for arithmetic. */
    private static final long LONG = TimeUnit.DAYS.toNanos(1);

    /** For a device that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    private final String name;
    private final PluggedPlace place;
    private final int cpu;
    private final ServiceListener listener;
    private final RestartableBlockDevice device;
    private final SupervisedService<Void, Void> service;

    /** Of the driver's threads, which live one after the other; null before the first. */
    private Medium medium;

    /** What does not change while a disk stays the same. */
    private record Medium(long bytes, int blockBytes, boolean isReadOnly) {
        static Medium of(BlockDevice device) {
            return new Medium(device.bytes(), device.blockBytes(), device.isReadOnly());
        }

        /** It may have grown. */
        boolean isLike(Medium before) {
            return blockBytes == before.blockBytes
                    && isReadOnly == before.isReadOnly
                    && bytes >= before.bytes;
        }
    }

    private VirtioDisk(VirtioPlace place, int cpu, RestartPolicy policy, ServiceListener listener) {
        this.place = new PluggedPlace(place);
        this.cpu = cpu;
        this.listener = listener;
        name = "disk " + place.name();
        device = new RestartableBlockDevice(place.toString(), PATIENCE);
        device.setAway(false);
        service =
                new Supervisor(listener.after(this::giveUp))
                        .start(name, () -> this::live, Contract.FAIL, policy);
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

    /**
     * The device is to go, or gone: the driver lets go of it. Requests under way are made again if
     * it comes back, and end with an error after a minute without it.
     *
     * @return whether it has let go, for which it has some seconds
     */
    boolean detach(VirtioPlace gone) {
        device.setAway(true);
        return place.detach(gone);
    }

    /**
     * One has come in its place.
     *
     * @return whether users go on with it; if not, it is another disk, or none that can be driven
     */
    boolean attach(VirtioPlace again) {
        device.setAway(false);
        return place.attach(again);
    }

    private void giveUp(Throwable why) {
        place.close();
        device.giveUp(why);
    }

    /** One life of the driver, wherever its device is. */
    private void live(Server<Void, Void> server) throws IOException, InterruptedException {
        for (VirtioPlace at = place.hold(); at != null; at = place.hold()) {
            try {
                serve(at);
            } finally {
                place.letGo();
            }
        }
    }

    /** Until the driver dies, or the device goes. */
    private void serve(VirtioPlace at) throws IOException, InterruptedException {
        int cpus = Processors.online();
        try (VirtioConnection connection = at.open(queueCpus(cpus))) {
            VirtioBlock.Callers callers =
                    new VirtioBlock.Callers(
                            cpus, () -> Processors.current().getId() - cpu, connection::wake);
            VirtioBlock block = new VirtioBlock(connection.device(), PATIENCE, callers);
            try {
                if (begin(connection, block)) {
                    serve(connection, block);
                }
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

    /** False: it is another disk, of which users would take the blocks for those of theirs. */
    private boolean begin(VirtioConnection connection, VirtioBlock block) {
        Medium found = Medium.of(block);
        if (place.isOther() && !found.isLike(medium)) {
            IOException why = new OtherMediumException("another disk was attached in its place");
            giveUp(why);
            listener.gaveUp(name, why);
            return false;
        }
        medium = found;
        place.begin(connection::wake);
        device.begin(block);
        return true;
    }

    private void serve(VirtioConnection connection, VirtioBlock block)
            throws IOException, InterruptedException {
        while (block.isAlive() && place.isHeld()) {
            connection.await(LONG);
            block.service();
            if (connection.takeConfigurationChange()) {
                block.configurationChanged();
            }
        }
        if (place.isHeld()) {
            throw new IOException(block.name() + ": its driver is at its end");
        }
    }

    /**
     * Resets the device and lets go of it; requests under way end with an error. The driver's own
     * thread, as in a call of the listener's, does not wait for that.
     */
    @Override
    public void close() {
        giveUp(new IOException("it was closed"));
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}
