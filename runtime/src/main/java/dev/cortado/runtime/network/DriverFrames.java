package dev.cortado.runtime.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.Traffic;
import dev.cortado.runtime.net.count.TrafficCounters;
import dev.cortado.runtime.net.link.DeviceFeatures;
import dev.cortado.runtime.net.link.FrameDevice;
import dev.cortado.runtime.net.link.FrameReceiver;
import dev.cortado.runtime.net.time.NetworkClock;
import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** A driver's device as the stack wants it. Frames come in the driver's own threads. */
final class DriverFrames implements FrameDevice, NetworkListener {
    private static final int BATCH = 64;

    /** Batches before others get their turn. */
    private static final int MOST_BATCHES = 4;

    /** What was sent is looked for so often, if nobody sends any more. */
    private static final long RECLAIM_INTERVAL = 100_000_000;

    private final DevicePackets packets;
    private final NetworkClock clock;
    private final TimerQueue timers;
    private final DropCounters drops;
    private final int waitLimit;
    private final Timer reclaim = new ReclaimTimer();

    /** Packets that the device has to send. */
    private final AtomicInteger outstanding = new AtomicInteger();

    private volatile Started started;
    private volatile FrameReceiver receiver;
    private volatile Runnable linkListener = () -> {};

    /** What there is once the driver has been started; arrays have a place for each queue. */
    private record Started(
            NetworkDevice device,
            TransmitLane[] lanes,
            NetworkBuffer[][] batches,
            TrafficCounters[] received,
            LongConsumer watch) {}

    private final class ReclaimTimer extends Timer {
        @Override
        protected void expired(long now) {
            boolean isBusy = false;
            started.watch().accept(now);
            for (TransmitLane lane : started.lanes()) {
                lane.service();
                isBusy |= lane.isBusy();
            }
            if (!isUp()) {
                dropWaiting();
            } else if (isBusy && !isSet()) {
                timers.set(this, now + RECLAIM_INTERVAL);
            }
        }
    }

    /**
     * @param waitLimit packets of each queue that wait for room at most
     */
    DriverFrames(
            DevicePackets packets,
            NetworkClock clock,
            TimerQueue timers,
            DropCounters drops,
            int waitLimit) {
        this.packets = packets;
        this.clock = clock;
        this.timers = timers;
        this.drops = drops;
        this.waitLimit = waitLimit;
        packets.addReclaimer(this::reclaimAll);
    }

    /**
     * The driver has been started.
     *
     * @param watch is called now and then while the device has something to send
     */
    void start(NetworkDevice device, LongConsumer watch) {
        TransmitLane[] lanes = new TransmitLane[device.queues()];
        TrafficCounters[] counters = new TrafficCounters[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            counters[i] = new TrafficCounters();
            lanes[i] = new TransmitLane(packets, device, i, drops, outstanding, waitLimit);
        }
        started =
                new Started(device, lanes, new NetworkBuffer[lanes.length][BATCH], counters, watch);
    }

    void setLinkListener(Runnable listener) {
        linkListener = listener;
    }

    private void reclaimAll() {
        Started here = started;
        if (here != null) {
            for (TransmitLane lane : here.lanes()) {
                lane.service();
            }
        }
    }

    @Override
    public long macAddress() {
        return started.device().macAddress();
    }

    @Override
    public int mtu() {
        return started.device().mtu();
    }

    /** What it can do now: one whose backend or driver has changed may do less than before. */
    @Override
    public int features() {
        return features(started.device());
    }

    private static int features(NetworkDevice device) {
        int offloads = device.offloads();
        boolean hasSums = (offloads & Offloads.CHECKSUM) == Offloads.CHECKSUM;
        boolean isGathering = (offloads & Offloads.SCATTER) != 0 && device.mostParts() > 1;
        int features = hasSums ? DeviceFeatures.TRANSMIT_CHECKSUM : 0;
        features |= isGathering ? DeviceFeatures.GATHER : 0;
        if (hasSums && isGathering) {
            boolean isCutting4 = (offloads & Offloads.SEGMENTATION_TCP4) != 0;
            boolean isCutting6 = (offloads & Offloads.SEGMENTATION_TCP6) != 0;
            features |= isCutting4 ? DeviceFeatures.SEGMENTATION_IPV4 : 0;
            features |= isCutting6 ? DeviceFeatures.SEGMENTATION_IPV6 : 0;
        }
        return features;
    }

    /** The first part has room for headers before it, which counts as a whole part here. */
    @Override
    public int segmentationLimit() {
        int parts = started.device().mostParts() - 1;
        return Math.min(FrameDevice.super.segmentationLimit(), parts * packets.buffers().bytes());
    }

    @Override
    public boolean isUp() {
        return started.device().isLinkUp();
    }

    @Override
    public long traffic(Traffic what) {
        Started here = started;
        if (what == Traffic.RECEIVED_BAD) {
            return here.device().badPackets();
        }
        long sum = what == Traffic.SENT_WAITING ? outstanding.get() : 0;
        for (int i = 0; i < here.lanes().length; i++) {
            sum += here.lanes()[i].traffic(what) + here.received()[i].of(what);
        }
        return sum;
    }

    @Override
    public void setReceiver(FrameReceiver frameReceiver) {
        receiver = frameReceiver;
    }

    @Override
    public boolean transmit(PacketBuffer frame) {
        TransmitLane[] lanes = started.lanes();
        int lane = lanes.length == 1 ? 0 : Math.floorMod(flow(frame.info()), lanes.length);
        if (!lanes[lane].transmit(frame)) {
            return false;
        }
        if (!reclaim.isSet()) {
            timers.set(reclaim, clock.nanoTime() + RECLAIM_INTERVAL);
        }
        return true;
    }

    /** A connection's packets stay in their order, and come back on the same queue. */
    private static int flow(PacketInfo info) {
        long sum =
                info.sourceLow * 31
                        + info.destinationLow
                        + ((long) info.sourcePort << 16 | info.destinationPort);
        long mixed = sum * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 33);
    }

    @Override
    public void received(int queue) {
        Started here = started;
        FrameReceiver to = receiver;
        if (here == null || queue >= here.batches().length) {
            return; // for as long as it takes to start; there are no other queues
        }
        NetworkBuffer[] batch = here.batches()[queue];
        NetworkQueue from = here.device().queue(queue);
        try {
            for (int i = 0; i < MOST_BATCHES; i++) {
                int count = from.receive(batch);
                count(here.received()[queue], batch, count);
                deliver(to, batch, count);
                if (count < batch.length) {
                    break;
                }
            }
        } catch (IOException e) {
            return; // its thread hears of it as well
        }
    }

    private static void count(TrafficCounters counters, NetworkBuffer[] batch, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += batch[i].packetLength();
        }
        counters.add(Traffic.RECEIVED_PACKETS, count);
        counters.add(Traffic.RECEIVED_BYTES, bytes);
    }

    /** Who is not there yet misses them; otherwise the driver would ask again at once. */
    private void deliver(FrameReceiver to, NetworkBuffer[] batch, int count) {
        if (to == null) {
            giveBack(batch, 0, count);
            return;
        }
        int done = 0;
        try {
            long now = clock.nanoTime();
            while (done < count) {
                NetworkBuffer frame = batch[done];
                batch[done++] = null;
                deliver(to, frame, now);
            }
        } finally {
            giveBack(batch, done, count);
        }
    }

    private static void giveBack(NetworkBuffer[] batch, int from, int to) {
        for (int i = from; i < to; i++) {
            NetworkBuffers.give(batch[i]);
            batch[i] = null;
        }
    }

    /** A fault of the stack's, or a want of memory, is not the driver's end. */
    private void deliver(FrameReceiver to, NetworkBuffer frame, long now) {
        try {
            to.receive(PacketConversion.fromDriver(packets, frame), now);
        } catch (Throwable e) {
            StackFault.report(drops, e);
        }
    }

    @Override
    public void transmitted(int queue) {
        Started here = started;
        if (here != null && queue < here.lanes().length) {
            here.lanes()[queue].service();
        }
    }

    /** Nobody looks for what the device does not send, and may never have sent. */
    private void dropWaiting() {
        Started here = started;
        if (here != null) {
            for (TransmitLane lane : here.lanes()) {
                lane.dropWaiting();
            }
            outstanding.set(0);
        }
    }

    @Override
    public void linkChanged(boolean up) {
        if (!up) {
            dropWaiting();
        }
        announce();
        if (started != null) {
            linkListener.run();
        }
    }

    /** As if the link had come again: all neighbours are told where we are, with our addresses. */
    @Override
    public void announce() {
        FrameReceiver to = receiver;
        if (started != null && to != null) {
            to.linkChanged(clock.nanoTime());
        }
    }
}
