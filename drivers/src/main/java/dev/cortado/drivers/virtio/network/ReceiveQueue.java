package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.BufferListener;
import dev.cortado.drivers.network.BufferSlots;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.virtio.queue.BrokenQueueException;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Buffers for packets that come (VIRTIO 1.2, 5.1.6.3 and 5.1.6.4). The device has as many as there
 * are, and gets more as soon as some come back to their pool.
 */
final class ReceiveQueue {
    private final VirtioNet net;
    private final VirtQueue queue;
    private final PacketHeader header;

    /** Whether the header needs a descriptor of its own. */
    private final boolean alone;

    /** Buffers of a packet, if the device does not merge them. */
    private final int parts;

    private final NetworkBuffers pool;
    private final int most;
    private final BufferSlots slots;
    private final BufferChain chain;
    private final ReentrantLock lock = new ReentrantLock();

    /** Buffers to be given to the device again. */
    private NetworkBuffer spare;

    /** Null before {@link #fill}. */
    private BufferListener listener;

    /** Not before the device may be told of anything (3.1.1). */
    private boolean started;

    private boolean closed;
    private volatile long bad;

    /**
     * @param parts 1 if buffers are merged, otherwise as many as the longest packet needs
     * @param posted buffers that the device has at most, but for one packet
     */
    ReceiveQueue(
            VirtioNet net,
            VirtQueue queue,
            PacketHeader header,
            boolean alone,
            int parts,
            NetworkBuffers pool,
            int posted) {
        this.net = net;
        this.queue = queue;
        this.header = header;
        this.alone = alone;
        this.parts = parts;
        this.pool = pool;
        most = Math.min(Math.max(1, posted / parts), queue.settings().size());
        slots = new BufferSlots(most);
        chain = new BufferChain(parts + 1);
    }

    /** Bytes of packets that the device has room for at once, if its queue has a size. */
    static long mostBytes(NetworkSettings settings, int size) {
        int most = Math.min(settings.posted(), settings.buffers().number());
        most = Math.min(most, Math.min(VirtioNet.LARGEST_QUEUE, size));
        return (long) most * (settings.buffers().bytes() - NetworkBuffer.HEADROOM);
    }

    /** Descriptors of a packet's buffers. */
    static int descriptors(int parts, boolean alone) {
        return parts + (alone ? 1 : 0);
    }

    /** Gives the device what it can have; it is not told before it runs. */
    void fill() throws IOException {
        lock.lock();
        try {
            listener = pool.listen(this::feed);
            refill();
        } finally {
            lock.unlock();
        }
    }

    /** The device runs: from now on it gets and is told of what comes back to the pool. */
    void start() throws IOException {
        lock.lock();
        try {
            started = true;
            refill();
            queue.publish();
            queue.enableInterrupts();
        } finally {
            lock.unlock();
        }
    }

    int receive(NetworkBuffer[] into) throws IOException {
        int count = 0;
        lock.lock();
        try {
            net.checkUsable();
            // A device that sends nonsense all the time does not keep us here.
            for (int i = 0; i < slots.size() && count < into.length; i++) {
                int slot = queue.take();
                if (slot == VirtQueue.NONE) {
                    break;
                }
                NetworkBuffer packet = take(slot);
                if (packet != null) {
                    NetworkBuffers.handBack(this, packet);
                    into[count++] = packet;
                }
            }
            refill();
            queue.publish();
        } catch (IOException e) {
            net.abort(e);
            if (count == 0) {
                throw e; // otherwise when nothing is left
            }
        } catch (OutOfMemoryError e) {
            if (count == 0) {
                throw e; // otherwise when that happens again: what has come is the user's
            }
        } finally {
            lock.unlock();
        }
        return count;
    }

    /** The packet that begins in a slot; null if it makes no sense, and was counted. */
    private NetworkBuffer take(int slot) throws IOException {
        NetworkBuffer packet = slots.remove(slot);
        long written = queue.written();
        int bytes = header.bytes();
        if (written < bytes) {
            return drop(packet);
        }
        long headerAddress = packet.start() + NetworkBuffer.HEADROOM - bytes;
        int buffers = header.buffers(headerAddress);
        int length = (int) written - bytes;
        boolean whole = spread(packet, length);
        if (buffers > 1) {
            long rest;
            try {
                rest = merge(packet, buffers);
            } catch (BrokenQueueException | OutOfMemoryError e) {
                keep(packet);
                throw e;
            }
            whole &= rest >= 0;
            length += (int) Math.max(rest, 0);
        }
        // 0 buffers is what nobody can mean.
        boolean good = whole && buffers > 0 && length > 0;
        return good && header.read(headerAddress, packet, length) ? packet : drop(packet);
    }

    /** Says where the data of a chain is; buffers without any are spare. */
    private boolean spread(NetworkBuffer packet, int length) {
        int left = length;
        NetworkBuffer last = packet;
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            int here = Math.min(left, part.capacity() - NetworkBuffer.HEADROOM);
            part.setData(NetworkBuffer.HEADROOM, here);
            left -= here;
            if (here > 0) {
                last = part;
            }
        }
        keep(last.next());
        last.setNext(null);
        return left == 0;
    }

    /** Takes the other buffers of a packet, whose bytes begin where headers would. */
    private long merge(NetworkBuffer packet, int buffers) throws BrokenQueueException {
        int bytes = header.bytes();
        if (buffers - 1 > queue.outstanding()) {
            throw broken(buffers);
        }
        long sum = 0;
        NetworkBuffer last = packet;
        for (int i = 1; i < buffers; i++) {
            int slot = queue.take();
            if (slot == VirtQueue.NONE) {
                // 5.1.6.4.1: they are used together.
                throw broken(buffers);
            }
            NetworkBuffer part = slots.remove(slot);
            int length = (int) queue.written();
            part.setData(NetworkBuffer.HEADROOM - bytes, length);
            last.setNext(part);
            last = part;
            sum = length == 0 || sum < 0 ? -1 : sum + length;
        }
        return sum;
    }

    private BrokenQueueException broken(int buffers) {
        return new BrokenQueueException(
                net.name() + ": it has not used the " + buffers + " buffers that a packet is in");
    }

    private NetworkBuffer drop(NetworkBuffer packet) {
        bad++;
        keep(packet);
        return null;
    }

    private void keep(NetworkBuffer buffers) {
        for (NetworkBuffer part = buffers; part != null; ) {
            NetworkBuffer next = part.next();
            part.setNext(spare);
            spare = part;
            part = next;
        }
    }

    /** With the lock held. */
    private void refill() throws IOException {
        while (slots.room() > 0 && queue.hasRoom(descriptors(parts, alone))) {
            NetworkBuffer packet = gather();
            if (packet == null && !listener.isHungry()) {
                listener.setHungry(true);
                packet = gather();
            }
            if (packet == null) {
                return;
            }
            add(packet);
        }
        listener.setHungry(false);
    }

    /** Buffers for one packet; null if there are not as many. */
    private NetworkBuffer gather() {
        NetworkBuffer packet = null;
        for (int i = 0; i < parts; i++) {
            NetworkBuffer part = spare;
            if (part != null) {
                spare = part.next();
                part.reset();
            } else {
                part = pool.takeFor(this);
            }
            if (part == null) {
                keep(packet);
                return null;
            }
            part.setNext(packet);
            packet = part;
        }
        return packet;
    }

    private void add(NetworkBuffer packet) throws IOException {
        int bytes = header.bytes();
        long data = packet.deviceStart() + NetworkBuffer.HEADROOM;
        int room = packet.capacity() - NetworkBuffer.HEADROOM;
        chain.clear();
        if (alone) {
            chain.in(data - bytes, bytes).in(data, room);
        } else {
            chain.in(data - bytes, bytes + room);
        }
        for (NetworkBuffer part = packet.next(); part != null; part = part.next()) {
            chain.in(part.deviceStart() + NetworkBuffer.HEADROOM, room);
        }
        queue.add(chain, slots.put(packet));
    }

    /** Buffers have come back to the pool. */
    private void feed() {
        lock.lock();
        try {
            if (started && !closed && net.isUsable()) {
                refill();
                queue.publish();
            }
        } catch (IOException e) {
            net.abort(e);
        } finally {
            lock.unlock();
        }
    }

    void disableInterrupts() throws IOException {
        lock.lock();
        try {
            net.checkUsable();
            queue.disableInterrupts();
        } finally {
            lock.unlock();
        }
    }

    /** False if packets have come already. */
    boolean enableInterrupts() throws IOException {
        lock.lock();
        try {
            net.checkUsable();
            return queue.enableInterrupts();
        } finally {
            lock.unlock();
        }
    }

    /** Packets that made no sense. */
    long bad() {
        return bad;
    }

    /**
     * The driver is at its end: its buffers go back to their pool, or nowhere.
     *
     * @param quiet the device was reset
     */
    void close(boolean quiet) {
        NetworkBuffer all;
        lock.lock();
        try {
            closed = true;
            if (listener != null) {
                pool.unlisten(listener);
            }
            for (int slot = 0; slot < slots.size(); slot++) {
                keep(slots.remove(slot));
            }
            all = spare;
            spare = null;
        } finally {
            lock.unlock();
        }
        for (NetworkBuffer part = all; part != null; ) {
            NetworkBuffer next = part.next();
            if (quiet) {
                NetworkBuffers.giveFrom(this, part);
            } else {
                NetworkBuffers.lose(part);
            }
            part = next;
        }
    }
}
