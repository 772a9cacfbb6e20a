package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.SentPackets;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What a user holds on to, whatever connection there is. Without one, or with rings that are at
 * their end, nothing is taken and nothing comes: that is a delay, and no error.
 */
final class VifQueue implements NetworkQueue {
    private final Supplier<RingPair> own;
    private final Supplier<RingPair> toSend;
    private final ReentrantLock lock = new ReentrantLock();
    private final SentPackets packets = new SentPackets(this, RingPair.mostPackets());

    /**
     * @param own its rings now, or null
     * @param toSend those that send for it now, or null
     */
    VifQueue(Supplier<RingPair> own, Supplier<RingPair> toSend) {
        this.own = own;
        this.toSend = toSend;
    }

    /** Of all connections; guarded by the lock. */
    SentPackets packets() {
        return packets;
    }

    ReentrantLock lock() {
        return lock;
    }

    @Override
    public int transmit(NetworkBuffer[] all, int from, int count) {
        Objects.checkFromIndexSize(from, count, all.length);
        RingPair pair = toSend.get();
        try {
            return pair == null ? 0 : pair.transmit(all, from, count);
        } catch (IOException e) {
            return 0; // its driver hears of it as well
        }
    }

    @Override
    public int takeTransmitted(NetworkBuffer[] into) {
        lock.lock();
        try {
            RingPair pair = own.get();
            if (pair != null) {
                pair.reclaim();
            }
            return packets.take(into);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(NetworkBuffer[] into) {
        RingPair pair = own.get();
        try {
            return pair == null ? 0 : pair.receive(into);
        } catch (IOException e) {
            return 0; // its driver hears of it as well
        }
    }
}
