package dev.cortado.drivers.virtio.folder;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.block.DeviceEnd;
import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.DeviceType;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A folder that the host shares: requests go out in slots, and replies come back into the same
 * memory. A thread of the driver's calls {@link #service} at each interrupt.
 */
public final class VirtioFolder {
    /** Requests under way at once. */
    public static final int SLOTS = 8;

    /** What {@link #await} returns if there is no reply yet. */
    public static final int NONE = -1;

    private static final int LARGEST_QUEUE = 64;

    /** A request and the room for its reply. */
    private static final int BUFFERS = 2;

    /** As a reply may take, and a little longer: those before may be taken back then. */
    private static final long ROOM_PATIENCE = TimeUnit.SECONDS.toNanos(90);

    /** Guarded by the lock. */
    private static final class Slot {
        private final Condition done;
        private boolean isSent;
        private boolean isFinished;
        private int written;

        Slot(Condition done) {
            this.done = done;
        }
    }

    private final VirtioDevice device;
    private final Runnable whenFailed;
    private final DeviceEnd end;
    private final long roomPatience;
    private final FolderDevice kind;
    private final VirtQueue requests;

    /** Null if there is none. */
    private final VirtQueue urgent;

    private final String tag;
    private final BufferChain chain = new BufferChain(BUFFERS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Slot[] slots = new Slot[SLOTS];
    private volatile IOException failure;

    /**
     * Starts the device.
     *
     * @param whenFailed is told when no request can be made any more
     * @throws IOException it cannot be driven, or says nonsense
     */
    public VirtioFolder(VirtioDevice device, Runnable whenFailed)
            throws IOException, InterruptedException {
        this(device, whenFailed, ROOM_PATIENCE);
    }

    /**
     * @param roomPatience nanoseconds that its queue may be full
     */
    VirtioFolder(VirtioDevice device, Runnable whenFailed, long roomPatience)
            throws IOException, InterruptedException {
        this.roomPatience = roomPatience;
        this.device = device;
        this.whenFailed = whenFailed;
        end = new DeviceEnd(device.name(), device::stop);
        kind =
                device.transport().deviceType() == DeviceType.FILE_SYSTEM
                        ? new VirtiofsDevice()
                        : new NinepDevice();
        device.negotiate(kind.features());
        tag = kind.tag(device);
        boolean hasUrgent = kind.urgentQueue() != FolderDevice.NONE;
        urgent = hasUrgent ? open(kind.urgentQueue()) : null;
        requests = open(kind.requestQueue());
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot(lock.newCondition());
        }
        requests.enableInterrupts();
        if (urgent != null) {
            urgent.enableInterrupts();
        }
        device.start();
    }

    private VirtQueue open(int number) throws IOException {
        VirtQueue queue = device.openQueue(number, LARGEST_QUEUE, BUFFERS);
        if (queue.settings().size() < BUFFERS) {
            throw device.fail("a queue of size " + queue.settings().size());
        }
        return queue;
    }

    public String name() {
        return device.name();
    }

    /** What its messages are: 9p or virtiofs. */
    public String protocol() {
        return kind.protocol();
    }

    /** The name that the host has given to the folder. */
    public String tag() {
        return tag;
    }

    /** If not, the device was reset, or what {@link #await} throws says that it was not. */
    public boolean isAlive() {
        return failure == null;
    }

    /**
     * Sends a request.
     *
     * @param slot one that is not in use
     * @param memory begins with the request; it is the device's until {@link #await} has returned
     * @param replyAt where the room for the reply begins
     * @param replyBytes of that
     * @throws IOException no request can be made any more
     */
    public void send(int slot, DeviceBlock memory, int requestBytes, int replyAt, int replyBytes)
            throws IOException {
        send(
                requests,
                slot,
                () ->
                        chain.clear()
                                .out(memory.deviceAddress(0, requestBytes), requestBytes)
                                .in(memory.deviceAddress(replyAt, replyBytes), replyBytes));
    }

    /**
     * Sends a message to which there is no reply, past all requests, where the device has a way for
     * that; {@link #await} says when it has been taken.
     *
     * @throws IOException as {@link #send}
     */
    public void tell(int slot, DeviceBlock memory, int messageBytes) throws IOException {
        if (urgent == null) {
            throw new IllegalStateException(name() + " has no way for urgent messages");
        }
        send(
                urgent,
                slot,
                () -> chain.clear().out(memory.deviceAddress(0, messageBytes), messageBytes));
    }

    private void send(VirtQueue queue, int slot, Runnable build) throws IOException {
        lock.lock();
        try {
            checkUsable();
            Slot used = slots[slot];
            if (used.isSent) {
                throw new IllegalStateException("slot " + slot + " is in use");
            }
            add(queue, slot, build);
            used.isSent = true;
            used.isFinished = false;
            queue.publish();
        } catch (BrokenQueueException e) {
            throw abort(e);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a request, as soon as there is room for it. */
    private void add(VirtQueue queue, int slot, Runnable build) throws IOException {
        boolean interrupted = false;
        long left = roomPatience;
        build.run();
        try {
            while (!queue.add(chain, slot)) {
                if (left <= 0) {
                    throw abort(new IOException(name() + ": its queue stays full"));
                }
                try {
                    left = room.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true; // afterwards
                }
                checkUsable();
                build.run(); // others had the chain
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void checkUsable() throws IOException {
        if (failure != null) {
            throw DeviceEnd.ofOne(failure);
        }
    }

    /**
     * Waits for a slot's reply.
     *
     * @return how many bytes the device has written, or NONE if the time is over
     * @throws IOException there will be none: the device was reset, and leaves the memory alone; or
     *     it was not, then a {@link BufferInUseException} {@linkplain BufferInUseException#isIn is
     *     in} this
     */
    public int await(int slot, long nanoseconds) throws IOException, InterruptedException {
        lock.lock();
        try {
            Slot used = slots[slot];
            if (!used.isSent) {
                throw new IllegalStateException("slot " + slot + " is not in use");
            }
            long left = nanoseconds;
            while (!used.isFinished && failure == null) {
                if (left <= 0) {
                    return NONE;
                }
                left = used.done.awaitNanos(left);
            }
            used.isSent = false;
            if (!used.isFinished) {
                throw DeviceEnd.ofOne(failure);
            }
            return used.written;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the replies that there are. Called at each interrupt, by one thread. */
    public void service() {
        lock.lock();
        try {
            if (failure != null) {
                return; // the queue's memory may be somebody else's
            }
            takeAll(requests);
            if (urgent != null) {
                takeAll(urgent);
            }
            room.signalAll();
        } catch (BrokenQueueException e) {
            abort(e);
        } finally {
            lock.unlock();
        }
    }

    private void takeAll(VirtQueue queue) throws BrokenQueueException {
        do {
            for (int slot = queue.take(); slot != VirtQueue.NONE; slot = queue.take()) {
                slots[slot].written = (int) queue.written();
                slots[slot].isFinished = true;
                slots[slot].done.signal();
            }
        } while (!queue.enableInterrupts());
    }

    /**
     * Looks whether the device can go on.
     *
     * @throws VirtioException it cannot; who waits gets an error
     */
    public void configurationChanged() throws VirtioException {
        lock.lock();
        try {
            if (failure == null) {
                device.requireNoReset();
            }
        } catch (VirtioException e) {
            abort(e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Resets the device; who waits gets an error.
     *
     * @param why for people
     */
    public void fail(String why) {
        lock.lock();
        try {
            if (failure == null) {
                abort(reason(why));
            }
        } finally {
            lock.unlock();
        }
    }

    private IOException reason(String why) {
        try {
            return new IOException(name() + ": " + why);
        } catch (OutOfMemoryError e) {
            return end.closure();
        }
    }

    private IOException abort(IOException reason) {
        IOException why = end.stop(reason);
        failure = why;
        for (Slot slot : slots) {
            slot.done.signal();
        }
        room.signalAll();
        whenFailed.run();
        return why;
    }
}
