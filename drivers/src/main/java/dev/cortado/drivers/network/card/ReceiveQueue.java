package dev.cortado.drivers.network.card;

import dev.cortado.drivers.network.BufferListener;
import dev.cortado.drivers.network.BufferSlots;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkDriver;
import dev.cortado.drivers.network.NetworkSettings;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Buffers for packets that come. The card has as many as there are, and gets more as soon as some
 * come back to their pool.
 */
final class ReceiveQueue {
    private final NetworkDriver driver;
    private final ReceiveRing ring;
    private final NetworkBuffers pool;
    private final BufferSlots slots;
    private final ReentrantLock lock = new ReentrantLock();

    /** Null before {@link #fill}. */
    private BufferListener listener;

    private boolean closed;
    private volatile long bad;
    private volatile long taken;

    ReceiveQueue(NetworkDriver driver, ReceiveRing ring, NetworkSettings settings) {
        this.driver = driver;
        this.ring = ring;
        pool = settings.buffers();
        if (pool.bytes() < ring.bufferBytes()) {
            throw new IllegalArgumentException(
                    driver.name()
                            + " wants buffers of "
                            + ring.bufferBytes()
                            + " bytes, and not "
                            + pool.bytes());
        }
        if (pool.deviceEnd() > ring.addressLimit()) {
            throw new IllegalArgumentException(
                    driver.name() + " does not reach all buffers of its pool");
        }
        slots = new BufferSlots(Math.min(settings.posted(), ring.slots()));
    }

    /** Gives the card what it can have. */
    void fill() {
        lock.lock();
        try {
            listener = pool.listen(this::feed);
            refill();
            ring.publish();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link dev.cortado.drivers.network.NetworkQueue#receive}. */
    int receive(NetworkBuffer[] into) throws IOException {
        int count = 0;
        lock.lock();
        try {
            driver.checkUsable();
            boolean isSome = false;
            // A card that receives nonsense all the time does not keep us here.
            for (int i = 0; i < slots.size() && count < into.length; i++) {
                int slot = ring.take();
                if (slot == ReceiveRing.NONE) {
                    break;
                }
                isSome = true;
                NetworkBuffer packet = take(slot);
                if (packet != null) {
                    NetworkBuffers.handBack(this, packet);
                    into[count++] = packet;
                }
            }
            if (isSome) {
                refill();
                ring.publish();
            }
        } catch (IOException e) {
            driver.abort(e);
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

    /** The packet in a slot; null if it makes no sense, was counted, and is the card's again. */
    private NetworkBuffer take(int slot) {
        NetworkBuffer packet = slots.remove(slot);
        taken++;
        if (ring.describe(packet)) {
            return packet;
        }
        bad++;
        packet.reset();
        ring.add(packet, slots.put(packet));
        return null;
    }

    /** With the lock held. */
    private void refill() {
        while (slots.room() > 0 && ring.hasRoom()) {
            NetworkBuffer buffer = pool.takeFor(this);
            if (buffer == null && !listener.isHungry()) {
                listener.setHungry(true);
                buffer = pool.takeFor(this);
            }
            if (buffer == null) {
                return;
            }
            ring.add(buffer, slots.put(buffer));
        }
        listener.setHungry(false);
    }

    /** Buffers have come back to the pool. */
    private void feed() {
        lock.lock();
        try {
            if (!closed && driver.isUsable()) {
                refill();
                ring.publish();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether packets have come that nobody took. */
    boolean isReady() {
        lock.lock();
        try {
            return ring.isReady();
        } finally {
            lock.unlock();
        }
    }

    /** Packets that have come, those that made no sense among them. */
    long taken() {
        return taken;
    }

    /** Packets that made no sense. */
    long bad() {
        return bad;
    }

    /** The driver is at its end, and its card was reset: its buffers go back to their pool. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (listener != null) {
                pool.unlisten(listener);
            }
        } finally {
            lock.unlock();
        }
        // Nobody else is at them any more.
        for (int slot = 0; slot < slots.size(); slot++) {
            NetworkBuffer buffer = slots.remove(slot);
            if (buffer != null) {
                NetworkBuffers.giveFrom(this, buffer);
            }
        }
    }
}
