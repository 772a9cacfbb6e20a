package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.DeviceEnd;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * A disk of the host (VIRTIO 1.2, 5.2), with a queue for each CPU where it has so many. Each caller
 * gives his requests to his CPU's queue and waits for them; a thread of the driver's calls {@link
 * #service} at each interrupt, and {@link #configurationChanged} when the device says so.
 */
public final class VirtioBlock implements RestartableBlockDevice.Life {
    /** As many as a controller's driver makes of NVMe. */
    static final int MOST_QUEUES = 16;

    private static final int SECTOR_BYTES = BlockConfiguration.SECTOR_BYTES;

    /** Who calls, and how he is told. */
    public record Callers(int cpus, IntSupplier currentCpu, Runnable whenFailed) {}

    private final VirtioDevice device;
    private final Callers callers;
    private final DeviceEnd end;
    private final BlockConfiguration configuration;
    private final List<BlockQueue> queues = new ArrayList<>();
    private volatile long bytes;

    /** Written with this object's lock. */
    private volatile IOException failure;

    /**
     * Starts the device.
     *
     * @param patience nanoseconds that the device has for a request
     */
    public VirtioBlock(VirtioDevice device, long patience, Callers callers)
            throws IOException, InterruptedException {
        this(device, patience, callers, -1);
    }

    /**
     * As the other, with features of queues of one's own choice.
     *
     * @param ofQueues as in {@link VirtioDevice#negotiate(long, long)}
     */
    VirtioBlock(VirtioDevice device, long patience, Callers callers, long ofQueues)
            throws IOException, InterruptedException {
        this.device = device;
        this.callers = callers;
        end = new DeviceEnd(device.name(), device::stop);
        device.negotiate(BlockFeatures.ALL, ofQueues);
        configuration = BlockConfiguration.read(device);
        bytes = configuration.bytes();
        openQueues(patience);
        device.start();
    }

    /** One at least; others as far as there is memory for them. */
    private void openQueues(long patience) throws IOException {
        int count = Math.min(configuration.queues(), Math.clamp(callers.cpus(), 1, MOST_QUEUES));
        for (int i = 0; i < count; i++) {
            try {
                queues.add(new BlockQueue(device, i, configuration, patience, end));
            } catch (VirtioException e) {
                throw e; // the device's own
            } catch (IOException e) {
                if (i == 0) {
                    throw e;
                }
                return;
            }
        }
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public boolean isAlive() {
        return failure == null;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int blockBytes() {
        return configuration.blockBytes();
    }

    @Override
    public int physicalBytes() {
        return configuration.physicalBytes();
    }

    @Override
    public boolean takesAnyMemory() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return device.has(BlockFeatures.READ_ONLY);
    }

    @Override
    public boolean canDiscard() {
        return configuration.discardSectors() > 0 && !isReadOnly();
    }

    @Override
    public boolean canWriteZeroes() {
        return configuration.zeroSectors() > 0 && !isReadOnly();
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.read(position, buffer, offset, length));
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.write(position, buffer, offset, length));
    }

    private void transfer(BlockTransfer transfer) throws IOException {
        transfer(List.of(transfer));
        switch (transfer.failure()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IOException(transfer.failure());
        }
    }

    @Override
    public void transfer(List<BlockTransfer> transfers) {
        List<BlockRequest> requests = new ArrayList<>(transfers.size());
        int[] ends = new int[transfers.size()];
        BlockQueue queue = queue();
        for (int i = 0; i < ends.length; i++) {
            BlockTransfer transfer = transfers.get(i);
            try {
                addRequests(transfer, queue.mostBytes(), requests);
                transfer.end(null);
            } catch (IOException | RuntimeException e) {
                transfer.end(e);
            }
            ends[i] = requests.size();
        }
        run(queue, requests);
        for (int i = 0; i < ends.length; i++) {
            int first = i == 0 ? 0 : ends[i - 1];
            try {
                check(queue, requests.subList(first, ends[i]));
            } catch (IOException e) {
                transfers.get(i).end(e);
            }
        }
    }

    private void addRequests(BlockTransfer transfer, long most, List<BlockRequest> requests)
            throws IOException {
        if (transfer.isWrite() && isReadOnly()) {
            throw new IOException(name() + ": it is read-only");
        }
        BlockRange.check(this, transfer.position(), transfer.length());
        transfer.buffer().address(transfer.offset(), transfer.length());
        int type = transfer.isWrite() ? BlockSlots.TYPE_OUT : BlockSlots.TYPE_IN;
        for (long done = 0; done < transfer.length(); done += most) {
            requests.add(
                    new BlockRequest(
                            type,
                            transfer.position() + done,
                            transfer.buffer(),
                            transfer.offset() + done,
                            Math.min(transfer.length() - done, most)));
        }
    }

    /** Not every device knows the request. */
    @Override
    public String serialNumber() throws IOException {
        try {
            return run(BlockSlots.TYPE_GET_ID, 0, BlockSlots.IDENTIFIER_BYTES).identifier();
        } catch (UnknownRequestException e) {
            return "";
        }
    }

    /** Without the feature, what was written is kept when the request ends (5.2.6.1). */
    @Override
    public void flush() throws IOException {
        if (device.has(BlockFeatures.FLUSH)) {
            run(BlockSlots.TYPE_FLUSH, 0, 0);
        }
    }

    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        if (canDiscard()) {
            range(BlockSlots.TYPE_DISCARD, position, length, configuration.discardSectors());
        }
    }

    @Override
    public void writeZeroes(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        if (!canWriteZeroes()) {
            throw new IOException(name() + ": it writes no zeros of itself");
        }
        range(BlockSlots.TYPE_WRITE_ZEROES, position, length, configuration.zeroSectors());
    }

    private void range(int type, long position, long length, long mostSectors) throws IOException {
        long most = mostSectors * SECTOR_BYTES;
        for (long done = 0; done < length; done += most) {
            run(type, position + done, Math.min(length - done, most));
        }
    }

    private BlockQueue queue() {
        return queues.get(Math.floorMod(callers.currentCpu().getAsInt(), queues.size()));
    }

    /** Makes a request without a buffer. */
    private BlockRequest run(int type, long position, long length) throws IOException {
        BlockQueue queue = queue();
        BlockRequest request = new BlockRequest(type, position, null, 0, length);
        run(queue, List.of(request));
        check(queue, List.of(request));
        return request;
    }

    private void run(BlockQueue queue, List<BlockRequest> requests) {
        IOException wrong = queue.run(requests);
        if (wrong != null) {
            abort(wrong);
        }
    }

    private void check(BlockQueue queue, List<BlockRequest> requests) throws IOException {
        for (BlockRequest request : requests) {
            check(queue, request);
        }
    }

    private void check(BlockQueue queue, BlockRequest request) throws IOException {
        if (!request.isAnswered()) {
            throw DeviceEnd.ofOne(failure());
        }
        int status = request.status();
        long length = request.length();
        long position = request.position();
        if (status == BlockSlots.STATUS_UNSUPPORTED) {
            throw new UnknownRequestException(name(), position, length);
        }
        if (status != BlockSlots.STATUS_OK) {
            boolean isPlain = status == BlockSlots.STATUS_IO_ERROR;
            String what = isPlain ? "an error" : "status " + status;
            throw new IOException(
                    name() + ": " + what + " with " + length + " bytes at " + position);
        }
        boolean isRead = request.type() == BlockSlots.TYPE_IN;
        if (isRead && queue.tellsLengths() && request.written() <= length) {
            throw new IOException(
                    name() + ": " + request.written() + " bytes of " + length + " at " + position);
        }
    }

    /** Takes the answers that there are. Called at each interrupt, by one thread. */
    public void service() {
        for (BlockQueue queue : queues) {
            IOException wrong = queue.service();
            if (wrong != null) {
                abort(wrong);
            }
        }
    }

    /**
     * Reads again what may have changed: the capacity.
     *
     * @throws VirtioException the device cannot go on; who waits gets an error
     */
    public void configurationChanged() throws VirtioException {
        try {
            device.requireNoReset();
        } catch (VirtioException e) {
            abort(e);
            throw e;
        }
        bytes = BlockConfiguration.read(device).bytes() & -blockBytes();
    }

    /** Resets the device; who waits gets an error. */
    public void close() {
        abort(end.closure());
    }

    /** Why it is not alive: of one that is being reset, when it was. */
    private synchronized IOException failure() {
        return failure;
    }

    /**
     * No request ends in another way any more: the device is reset, or kept from memory, and holds
     * no buffer. Where neither can be, the error says so. The first reason stays. Called with no
     * queue's lock.
     */
    private synchronized void abort(IOException reason) {
        if (failure != null) {
            return;
        }
        queues.forEach(BlockQueue::stop);
        failure = end.stop(reason);
        queues.forEach(BlockQueue::end);
        callers.whenFailed().run();
    }
}
