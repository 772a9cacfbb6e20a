package dev.cortado.drivers.virtio.scsi;

import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.block.controller.RequestGroup;
import dev.cortado.drivers.block.controller.RequestTable;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiScan;
import dev.cortado.drivers.scsi.ScsiTransport;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One life of the driver of a SCSI host device, over one queue of requests. */
final class VirtioScsi implements ControllerLife, ScsiTransport {
    /** Behind the queues for control and for events (5.6.2), which we have no use for. */
    private static final int REQUEST_QUEUE = 2;

    private static final int LARGEST_QUEUE = 128;
    private static final int MOST_SLOTS = 32;

    private final VirtioDevice device;
    private final InterruptWait interrupts;
    private final Runnable end;
    private final RequestGroup requests;
    private final ScsiHostConfiguration configuration;
    private final VirtQueue queue;
    private final RequestTable table;
    private final ScsiRequests memory;
    private final BufferChain chain = new BufferChain(ScsiRequests.BUFFERS);
    private List<ControllerDisk> disks = List.of();

    private VirtioScsi(
            VirtioDevice device,
            InterruptWait interrupts,
            Runnable wake,
            Runnable end,
            long patience)
            throws IOException, InterruptedException {
        this.device = device;
        this.interrupts = interrupts;
        this.end = end;
        requests = new RequestGroup(device.name(), patience, device::stop, wake);
        device.negotiate(0);
        configuration = ScsiHostConfiguration.read(device);
        queue = device.openQueue(REQUEST_QUEUE, LARGEST_QUEUE, ScsiRequests.BUFFERS);
        queue.ignoreLengths(); // a response says what it is
        int size = queue.settings().size();
        if (size < ScsiRequests.BUFFERS) {
            throw device.fail("a queue of size " + size + " has no room for a request");
        }
        table = requests.table(Math.min(size / ScsiRequests.BUFFERS, MOST_SLOTS));
        memory = new ScsiRequests(device, table.slots());
    }

    /**
     * Starts a device that was reset, and finds its disks.
     *
     * @param wake lets who waits for an interrupt look
     * @param end resets the device, and lets go of it; done if this fails, too
     * @param patience nanoseconds that a unit has for a command
     */
    static VirtioScsi start(
            VirtioDevice device,
            InterruptWait interrupts,
            Runnable wake,
            Runnable end,
            long patience,
            Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                end,
                () -> new VirtioScsi(device, interrupts, wake, end, patience),
                host -> host.begin(log));
    }

    private void begin(Consumer<String> log) throws IOException, InterruptedException {
        queue.enableInterrupts();
        device.start();
        requests.setUp(
                this::serve,
                () -> disks = ScsiScan.disks(this, device.frames(), device.memory(), log));
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public int targets() {
        return configuration.targets();
    }

    @Override
    public int mostBytes() {
        return configuration.mostBytes();
    }

    @Override
    public <T> Request<T> begin(
            ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
            throws IOException {
        return table.begin(
                slot -> {
                    memory.build(slot, chain, address, command);
                    if (!queue.add(chain, slot)) {
                        throw new IOException(name() + ": its queue is full");
                    }
                    queue.publish();
                },
                (slot, ignored) -> conclusion.conclude(memory.answer(slot)),
                waits);
    }

    @Override
    public void serve(long nanoseconds) throws InterruptedException {
        interrupts.await(nanoseconds);
        table.serve(this::take);
    }

    private void take() throws IOException {
        if (interrupts.takeConfigurationChange()) {
            device.requireNoReset();
        }
        do {
            for (int slot = queue.take(); slot != VirtQueue.NONE; slot = queue.take()) {
                table.finish(slot, 0);
            }
        } while (!queue.enableInterrupts());
    }

    @Override
    public List<ControllerDisk> disks() {
        return disks;
    }

    @Override
    public boolean isAlive() {
        return requests.isAlive();
    }

    @Override
    public void checkAlive() throws IOException {
        requests.checkAlive();
    }

    @Override
    public void close() {
        requests.close();
        end.run();
    }
}
