package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.runtime.net.buffer.ChecksumMark;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketChecksum;
import dev.cortado.runtime.net.buffer.PacketQueue;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.count.TrafficCounters;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way out by one queue of a device: what has no room waits here, up to a limit, in its order.
 */
final class TransmitLane {
    private static final int BATCH = 64;

    private final DevicePackets packets;
    private final NetworkDevice device;
    private final NetworkQueue queue;
    private final DropCounters drops;
    private final AtomicInteger outstanding;
    private final int limit;

    private final ReentrantLock lock = new ReentrantLock();
    private final PacketQueue waiting = new PacketQueue();
    private final TrafficCounters counters = new TrafficCounters();
    private final NetworkBuffer[] one = new NetworkBuffer[1];
    private final NetworkBuffer[] sent = new NetworkBuffer[BATCH];

    /** The first that waits, or null: what a driver looks at is in no queue. */
    private PacketBuffer head;

    /**
     * @param outstanding packets that the device has of all lanes: another driver may have fewer
     *     queues, and then one lane takes back what another has sent
     * @param limit packets that wait at most
     */
    TransmitLane(
            DevicePackets packets,
            NetworkDevice device,
            int index,
            DropCounters drops,
            AtomicInteger outstanding,
            int limit) {
        this.packets = packets;
        this.device = device;
        queue = device.queue(index);
        this.drops = drops;
        this.outstanding = outstanding;
        this.limit = limit;
    }

    /** As {@link dev.cortado.runtime.net.link.FrameDevice#transmit}. */
    boolean transmit(PacketBuffer frame) {
        lock.lock();
        try {
            reclaimSome();
            sendWaiting();
            if (head == null) {
                if (!send(frame)) {
                    head = frame;
                }
                return true;
            }
            if (1 + waiting.count() >= limit) {
                counters.add(Traffic.SENT_DROPPED, 1);
                return false;
            }
            waiting.add(frame);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** There may be room, and packets that were sent. */
    void service() {
        lock.lock();
        try {
            while (reclaimSome() > 0) {
                // until there are none
            }
            sendWaiting();
        } finally {
            lock.unlock();
        }
    }

    /** The link is down: what waits would be old when it comes again. */
    void dropWaiting() {
        lock.lock();
        try {
            PacketBuffer frame = head == null ? waiting.poll() : head;
            head = null;
            while (frame != null) {
                counters.add(Traffic.SENT_DROPPED, 1);
                drops.drop(frame, DropReason.LINK_DOWN);
                frame = waiting.poll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link dev.cortado.runtime.net.link.FrameDevice#traffic}, of what has come this way. */
    long traffic(Traffic what) {
        return what == Traffic.SENT_WAITING
                ? waiting.count() + (head == null ? 0 : 1)
                : counters.of(what);
    }

    /** Whether the device has packets of ours, or some wait for it. */
    boolean isBusy() {
        lock.lock();
        try {
            return outstanding.get() > 0 || head != null;
        } finally {
            lock.unlock();
        }
    }

    private void sendWaiting() {
        while (true) {
            PacketBuffer frame = head == null ? waiting.poll() : head;
            head = null;
            if (frame == null) {
                return;
            }
            if (!send(frame)) {
                head = frame;
                return;
            }
        }
    }

    /** Whether it is the caller's no more. */
    private boolean send(PacketBuffer frame) {
        int bytes = frame.totalLength();
        int offloads = device.offloads();
        fillIn(frame, offloads);
        NetworkBuffer first = PacketConversion.toDriver(packets, frame, offloads);
        one[0] = first;
        try {
            boolean isTaken =
                    queue.transmit(one, 0, 1) == 1
                            || reclaimSome() > 0 && queue.transmit(one, 0, 1) == 1;
            if (isTaken) {
                outstanding.incrementAndGet();
                counters.add(Traffic.SENT_PACKETS, 1);
                counters.add(Traffic.SENT_BYTES, bytes);
            }
            return isTaken;
        } catch (IllegalArgumentException e) {
            counters.add(Traffic.SENT_DROPPED, 1);
            drops.drop(frame, DropReason.DEVICE_REFUSED);
            return true;
        } catch (IOException e) {
            return false; // until there is another driver
        } finally {
            one[0] = null;
        }
    }

    /** A sum that the device does not know, or does not any more: another driver may do less. */
    private static void fillIn(PacketBuffer frame, int offloads) {
        boolean isBlank = frame.checksum() == ChecksumMark.BLANK && frame.segmentSize() == 0;
        int offset = frame.checksumField() - frame.checksumStart();
        if (isBlank && !Offloads.fillsIn(offloads, offset)) {
            PacketChecksum.complete(frame);
        }
    }

    private int reclaimSome() {
        int taken = queue.takeTransmitted(sent);
        for (int i = 0; i < taken; i++) {
            packets.packet(sent[i]).release();
            sent[i] = null;
        }
        if (taken > 0) {
            outstanding.accumulateAndGet(taken, TransmitLane::without);
        }
        return taken;
    }

    /** Those that it had when its link went down are not counted any more. */
    private static int without(int had, int taken) {
        return Math.max(0, had - taken);
    }
}
