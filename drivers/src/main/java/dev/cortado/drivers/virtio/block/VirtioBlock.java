package dev.cortado.drivers.virtio.block;

import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A disk of the host (VIRTIO 1.2, 5.2), over one queue. Each caller sends its request and waits for
 * it; a thread of the driver's calls {@link #service} at each interrupt, and {@link
 * #configurationChanged} when the device says so.
 */
public final class VirtioBlock implements RestartableBlockDevice.Life {
    private static final int REQUEST_QUEUE = 0;
    private static final int LARGEST_QUEUE = 256;

    /** Requests under way at once. */
    private static final int SLOTS = 64;

    /** Buffers of a request that are not data. */
    private static final int EXTRA_BUFFERS = 2;

    private static final int SECTOR_BYTES = BlockConfiguration.SECTOR_BYTES;

    /** A request, from its first to its last moment. Guarded by the lock. */
    private static final class Slot {
        private final Condition done;
        private boolean finished;
        private long written;
        private int status;

        Slot(Condition done) {
            this.done = done;
        }
    }

    private final VirtioDevice device;
    private final long patience;
    private final Runnable whenFailed;
    private final VirtQueue queue;
    private final BlockSlots memory;
    private final int segments;
    private final BufferChain chain;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Slot[] slots = new Slot[SLOTS];
    private final int[] freeSlots = new int[SLOTS];
    private int free;
    private final BlockConfiguration configuration;
    private volatile long bytes;
    private volatile IOException failure;

    /**
     * Starts the device.
     *
     * @param patience nanoseconds that the device has for a request
     * @param whenFailed is told when no request can be made any more, if somebody wants to know
     */
    public VirtioBlock(VirtioDevice device, long patience, Runnable whenFailed)
            throws IOException, InterruptedException {
        this(device, patience, whenFailed, -1);
    }

    /**
     * As the other, with features of queues of one's own choice.
     *
     * @param ofQueues as in {@link VirtioDevice#negotiate(long, long)}
     */
    VirtioBlock(VirtioDevice device, long patience, Runnable whenFailed, long ofQueues)
            throws IOException, InterruptedException {
        this.device = device;
        this.patience = patience;
        this.whenFailed = whenFailed;
        device.negotiate(BlockFeatures.ALL, ofQueues);
        configuration = BlockConfiguration.read(device);
        bytes = configuration.bytes();
        int wanted = configuration.segments() + EXTRA_BUFFERS;
        queue = device.openQueue(REQUEST_QUEUE, LARGEST_QUEUE, wanted);
        int size = queue.settings().size();
        if (size <= EXTRA_BUFFERS) {
            throw device.fail("a queue of size " + size + " has no room for a request");
        }
        segments = Math.min(configuration.segments(), size - EXTRA_BUFFERS);
        chain = new BufferChain(segments + EXTRA_BUFFERS);
        memory =
                new BlockSlots(
                        device.memory(),
                        device.frames().allocate(BlockSlots.bytes(SLOTS), BuddyAllocator.NO_LIMIT));
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot(lock.newCondition());
            freeSlots[free++] = i;
        }
        queue.enableInterrupts();
        device.start();
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
    public boolean isReadOnly() {
        return device.has(BlockFeatures.READ_ONLY);
    }

    @Override
    public boolean canDiscard() {
        return configuration.discardSectors() > 0 && !isReadOnly();
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockSlots.TYPE_IN, position, buffer, offset, length);
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        if (isReadOnly()) {
            throw new IOException(name() + ": it is read-only");
        }
        transfer(BlockSlots.TYPE_OUT, position, buffer, offset, length);
    }

    /** Not every device knows the request. */
    @Override
    public String serialNumber() throws IOException {
        try {
            return request(BlockSlots.TYPE_GET_ID, 0, null, 0, BlockSlots.IDENTIFIER_BYTES);
        } catch (UnknownRequestException e) {
            return "";
        }
    }

    private void transfer(int type, long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        BlockRange.check(this, position, length);
        buffer.address(offset, length);
        long most = (long) segments * configuration.segmentBytes();
        for (int done = 0; done < length; ) {
            int part = (int) Math.min(length - done, most);
            request(type, position + done, buffer, offset + done, part);
            done += part;
        }
    }

    /** Without the feature, what was written is kept when the request ends (5.2.6.1). */
    @Override
    public void flush() throws IOException {
        if (device.has(BlockFeatures.FLUSH)) {
            request(BlockSlots.TYPE_FLUSH, 0, null, 0, 0);
        }
    }

    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        long most = configuration.discardSectors() * SECTOR_BYTES;
        for (long done = 0; canDiscard() && done < length; ) {
            long part = Math.min(length - done, most);
            request(BlockSlots.TYPE_DISCARD, position + done, null, 0, part);
            done += part;
        }
    }

    /**
     * @return for a request of that type, the identifier
     */
    private String request(int type, long position, DeviceBlock buffer, long offset, long length)
            throws IOException {
        lock.lock();
        try {
            int index = takeSlot();
            Slot slot = slots[index];
            try {
                build(index, type, position, buffer, offset, length);
                while (!queue.add(chain, index)) {
                    room.awaitUninterruptibly();
                    checkUsable();
                    build(index, type, position, buffer, offset, length); // others had the chain
                }
                queue.publish();
                await(slot);
                checkAnswer(type, position, length, slot.status, slot.written);
                return type == BlockSlots.TYPE_GET_ID ? memory.identifier(index) : null;
            } catch (BrokenQueueException e) {
                throw abort(e);
            } finally {
                freeSlots[free++] = index;
                room.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private int takeSlot() throws IOException {
        checkUsable();
        while (free == 0) {
            room.awaitUninterruptibly();
            checkUsable();
        }
        int index = freeSlots[--free];
        slots[index].finished = false;
        return index;
    }

    private void checkUsable() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    private void build(
            int index, int type, long position, DeviceBlock buffer, long offset, long length) {
        long sector = position / SECTOR_BYTES;
        boolean ranged = type == BlockSlots.TYPE_DISCARD;
        memory.begin(index, chain, type, ranged ? 0 : sector);
        if (ranged) {
            memory.range(index, chain, sector, length / SECTOR_BYTES);
        } else if (type == BlockSlots.TYPE_GET_ID) {
            memory.identifier(index, chain);
        } else {
            int most = configuration.segmentBytes();
            for (long done = 0; done < length; done += most) {
                int part = (int) Math.min(length - done, most);
                long address = buffer.deviceAddress(offset + done, part);
                if (type == BlockSlots.TYPE_IN) {
                    chain.in(address, part);
                } else {
                    chain.out(address, part);
                }
            }
        }
        memory.end(index, chain);
    }

    /** Until the device has answered, or was reset: only then is the buffer the caller's again. */
    private void await(Slot slot) throws IOException {
        boolean interrupted = false;
        long end = System.nanoTime() + patience;
        while (!slot.finished && failure == null) {
            try {
                slot.done.awaitNanos(end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true; // afterwards
            }
            if (end - System.nanoTime() <= 0 && !slot.finished && failure == null) {
                abort(new IOException(name() + ": it does not answer"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!slot.finished) {
            checkUsable();
        }
    }

    private void checkAnswer(int type, long position, long length, int status, long written)
            throws IOException {
        if (status != BlockSlots.STATUS_OK) {
            if (status == BlockSlots.STATUS_UNSUPPORTED) {
                throw new UnknownRequestException(name(), position, length);
            }
            boolean isPlain = status == BlockSlots.STATUS_IO_ERROR;
            String what = isPlain ? "an error" : "status " + status;
            throw new IOException(
                    name() + ": " + what + " with " + length + " bytes at " + position);
        }
        if (type == BlockSlots.TYPE_IN && !queue.settings().legacy() && written <= length) {
            throw new IOException(
                    name() + ": " + written + " bytes of " + length + " at " + position);
        }
    }

    /** Takes the answers that there are. Called at each interrupt, by one thread. */
    public void service() {
        lock.lock();
        try {
            if (failure != null) {
                return; // the queue's memory may be somebody else's
            }
            do {
                int index = queue.take();
                while (index != VirtQueue.NONE) {
                    slots[index].written = queue.written();
                    slots[index].status = memory.status(index);
                    slots[index].finished = true;
                    slots[index].done.signal();
                    index = queue.take();
                }
            } while (!queue.enableInterrupts());
            room.signalAll();
        } catch (BrokenQueueException e) {
            abort(e);
        } finally {
            lock.unlock();
        }
    }

    /** Reads again what may have changed: the capacity. */
    public void configurationChanged() throws VirtioException {
        bytes = BlockConfiguration.read(device).bytes() & -blockBytes();
    }

    /** Resets the device; who waits gets an error. */
    public void close() {
        lock.lock();
        try {
            if (failure == null) {
                abort(new IOException(name() + ": it was closed"));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * No request ends in another way any more: the device is reset, or kept from memory, and holds
     * no buffer. Where neither can be, the error says so.
     */
    private IOException abort(IOException reason) {
        IOException why = reason;
        try {
            device.resetUninterruptibly();
        } catch (IOException e) {
            if (!device.isolate()) {
                String message = "; it is not reset, and may still write to buffers";
                why = new BufferInUseException(reason.getMessage() + message, reason);
            }
            why.addSuppressed(e);
        }
        failure = why;
        for (Slot slot : slots) {
            slot.done.signal();
        }
        room.signalAll();
        whenFailed.run();
        return why;
    }
}
