package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.drivers.network.SentPackets;
import dev.cortado.drivers.virtio.queue.BufferChain;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets on their way out (VIRTIO 1.2, 5.1.6.2). The device interrupts only when there was no
 * room; what it has sent is noticed when somebody sends or asks.
 */
final class TransmitQueue {
    /** Descriptors before the data, where the header needs one of its own. */
    private final int headers;

    private final VirtioNet net;
    private final VirtQueue queue;
    private final PacketHeader header;
    private final int mostParts;
    private final BufferChain chain;
    private final ReentrantLock lock = new ReentrantLock();

    private final SentPackets packets;

    /** Somebody waits for room, since so many were sent. */
    private boolean wanted;

    private long wantedSince;

    /** Since when {@link #watch} sees packets and nothing sent, and how many were sent then. */
    private long stuckSince;

    private long stuckTotal;
    private boolean stuck;

    TransmitQueue(
            VirtioNet net, VirtQueue queue, PacketHeader header, boolean alone, int mostParts) {
        this.net = net;
        this.queue = queue;
        this.header = header;
        this.mostParts = mostParts;
        headers = alone ? 1 : 0;
        chain = new BufferChain(mostParts + 1);
        packets = new SentPackets(this, 2 * queue.settings().size());
        queue.disableInterrupts();
    }

    int transmit(NetworkBuffer[] all, int from, int count) throws IOException {
        int taken = 0;
        lock.lock();
        try {
            net.checkUsable();
            while (taken < count) {
                NetworkBuffer packet = all[from + taken];
                int parts =
                        PacketCheck.check(
                                packet,
                                NetworkBuffer.HEADROOM,
                                net.offloads(),
                                net.mtu(),
                                mostParts);
                if (!hasRoom(headers + parts)) {
                    break;
                }
                int slot = packets.add(packet);
                taken++;
                add(packet, slot);
            }
        } catch (IOException e) {
            net.abort(e);
            if (taken == 0) {
                throw e;
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (taken == 0) {
                throw e; // otherwise when it is the first one
            }
        } finally {
            if (net.isUsable()) {
                queue.publish();
            }
            lock.unlock();
        }
        return taken;
    }

    /** Looks again, after it has asked for an interrupt, so that none is missed. */
    private boolean hasRoom(int buffers) throws IOException {
        while (packets.room() == 0 || !queue.hasRoom(buffers)) {
            if (reclaim() == 0) {
                wanted = true;
                wantedSince = packets.total();
                if (queue.enableInterrupts()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void add(NetworkBuffer packet, int slot) throws IOException {
        int bytes = header.bytes();
        long data = packet.deviceAddress();
        header.write(packet.address() - bytes, packet);
        chain.clear();
        if (headers == 1) {
            chain.out(data - bytes, bytes).out(data, packet.length());
        } else {
            chain.out(data - bytes, bytes + packet.length());
        }
        for (NetworkBuffer part = packet.next(); part != null; part = part.next()) {
            chain.out(part.deviceAddress(), part.length());
        }
        queue.add(chain, slot);
    }

    /** What the device has sent; how many packets. */
    private int reclaim() throws IOException {
        int count = 0;
        for (int slot = queue.take(); slot != VirtQueue.NONE; slot = queue.take()) {
            packets.sent(slot);
            count++;
        }
        return count;
    }

    int takeTransmitted(NetworkBuffer[] into) {
        lock.lock();
        try {
            if (net.isUsable()) {
                reclaim();
            }
        } catch (IOException e) {
            net.abort(e);
        }
        try {
            return packets.take(into);
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody who waited for room is to be told. */
    boolean service() throws IOException {
        lock.lock();
        try {
            net.checkUsable();
            if (!wanted) {
                return false;
            }
            do {
                reclaim(); // others may have done it before
                if (packets.total() != wantedSince) {
                    wanted = false;
                    queue.disableInterrupts();
                    return true;
                }
            } while (!queue.enableInterrupts());
            return false;
        } catch (IOException e) {
            throw net.abort(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the device has sent nothing for a while, though there was something to send.
     *
     * @param now nanoseconds
     */
    void watch(long now, long patience) throws IOException {
        lock.lock();
        try {
            net.checkUsable();
            reclaim();
            if (!stuck || packets.total() != stuckTotal) {
                stuckSince = now;
                stuckTotal = packets.total();
            }
            stuck = queue.outstanding() > 0;
            if (stuck && now - stuckSince > patience) {
                throw new IOException(
                        net.name()
                                + ": it has sent none of "
                                + queue.outstanding()
                                + " packets for "
                                + patience / 1_000_000
                                + " ms");
            }
        } catch (IOException e) {
            throw net.abort(e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The driver is at its end: what is left is given back, or never again.
     *
     * @param quiet the device was reset
     */
    void close(boolean quiet) {
        lock.lock();
        try {
            packets.end(quiet);
        } finally {
            lock.unlock();
        }
    }
}
