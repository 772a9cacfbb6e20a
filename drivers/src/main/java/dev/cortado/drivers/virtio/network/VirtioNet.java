package dev.cortado.drivers.virtio.network;

import dev.cortado.drivers.network.FailStopDriver;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.drivers.network.TransmitQueue;
import dev.cortado.drivers.virtio.queue.VirtQueue;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A network device of the host (VIRTIO 1.2, 5.1). A thread of the driver's calls {@link #service}
 * at each interrupt, {@link #configurationChanged} when the device says so, and {@link #watch} now
 * and then; if one of them throws, the driver is at its end, and is to be {@linkplain #close
 * closed}.
 */
public final class VirtioNet extends FailStopDriver {
    static final int LARGEST_QUEUE = 256;

    /** Parts of a packet: 64 KiB in pages, and 40 KiB in the smallest buffers. */
    private static final int MOST_PARTS = 20;

    /** So often a queue is looked at again before others are. */
    private static final int MOST_ROUNDS = 8;

    private final VirtioDevice device;
    private final NetworkListener listener;
    private final long features;
    private final NetworkConfiguration configuration;
    private final int offloads;
    private final int mtu;
    private final int mostParts;
    private final QueuePair[] pairs;
    private final int used;
    private final ControlQueue control;

    /** One command at a time. */
    private final ReentrantLock controlLock = new ReentrantLock();

    /** Whether the packets of all groups are wanted, and whether there are too many to name. */
    private volatile boolean allGroups;

    private volatile boolean manyGroups;

    private volatile long address;
    private volatile boolean linkUp;

    /** Whether the device was reset, and has no buffer any more. */
    private boolean quiet;

    /**
     * Starts the device.
     *
     * @param delay for answers to commands
     */
    public VirtioNet(
            VirtioDevice device,
            NetworkSettings settings,
            NetworkListener listener,
            VirtioDevice.Delay delay)
            throws IOException, InterruptedException {
        this(device, settings, listener, delay, -1);
    }

    /**
     * As the other, with features of queues of one's own choice.
     *
     * @param ofQueues as in {@link VirtioDevice#negotiate(long, long)}
     */
    VirtioNet(
            VirtioDevice device,
            NetworkSettings settings,
            NetworkListener listener,
            VirtioDevice.Delay delay,
            long ofQueues)
            throws IOException, InterruptedException {
        super(device.name());
        this.device = device;
        this.listener = listener;
        boolean legacy = device.transport().isLegacy();
        long wanted =
                NetworkFeatures.withRoom(
                        device.transport().deviceFeatures() & NetworkFeatures.ALL,
                        ReceiveQueue.mostBytes(settings, device.transport().queueSize(0)));
        long layout = legacy ? NetworkFeatures.ANY_LAYOUT : 0;
        features = device.negotiate(wanted | layout, ofQueues);
        if (NetworkFeatures.withNeeds(features) != features) {
            throw device.fail("it offers other features now and then");
        }
        configuration = NetworkConfiguration.read(device, features);
        boolean has = (features & NetworkFeatures.MAC) != 0;
        address = has ? configuration.macAddress() : settings.address();
        linkUp = configuration.linkUp();
        mtu = configuration.mtu();
        offloads = NetworkFeatures.offloads(features);
        boolean merged = (features & NetworkFeatures.MRG_RXBUF) != 0;
        boolean modern = (features & Features.VERSION_1) != 0;
        int headerBytes = modern || merged ? PacketHeader.BYTES : PacketHeader.LEGACY_BYTES;
        PacketHeader header = new PacketHeader(device.memory(), features, headerBytes);
        boolean alone = !modern && (features & NetworkFeatures.ANY_LAYOUT) == 0;
        pairs = new QueuePair[Math.min(settings.queues(), configuration.mostPairs())];
        int parts = merged ? 1 : partsOf(mtu, settings.buffers());
        int most = MOST_PARTS;
        for (int i = 0; i < pairs.length; i++) {
            ReceiveQueue receive = openReceive(i, settings, header, alone && !merged, parts);
            VirtQueue transmit = device.openQueue(2 * i + 1, LARGEST_QUEUE, MOST_PARTS + 1);
            int room = Math.min(MOST_PARTS, transmit.settings().size() - (alone ? 1 : 0));
            if (room < 1) {
                throw device.fail("queue " + (2 * i + 1) + " has no room for a packet");
            }
            most = Math.min(most, room);
            VirtioTransmitRing ring = new VirtioTransmitRing(transmit, header, alone, room);
            pairs[i] = new QueuePair(receive, new TransmitQueue(this, ring));
        }
        mostParts = most;
        control =
                (features & NetworkFeatures.CTRL_VQ) != 0
                        ? new ControlQueue(this, device, 2 * configuration.mostPairs(), delay)
                        : null;
        boolean done = false;
        try {
            for (QueuePair pair : pairs) {
                pair.receive().fill();
            }
            device.start();
            for (QueuePair pair : pairs) {
                pair.receive().start();
            }
            used =
                    pairs.length == 1 || command(() -> control.setPairs(pairs.length))
                            ? pairs.length
                            : 1;
            done = true;
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Buffers that the longest packet needs, where the device does not merge them. */
    private static int partsOf(int mtu, NetworkBuffers buffers) {
        int room = buffers.bytes() - NetworkBuffer.HEADROOM;
        return (mtu + PacketCheck.LINK_BYTES + room - 1) / room;
    }

    private ReceiveQueue openReceive(
            int pair, NetworkSettings settings, PacketHeader header, boolean alone, int parts)
            throws IOException {
        int descriptors = ReceiveQueue.descriptors(parts, alone);
        VirtQueue queue = device.openQueue(2 * pair, LARGEST_QUEUE, descriptors);
        if (queue.settings().size() < descriptors) {
            throw device.fail("queue " + 2 * pair + " has no room for a packet");
        }
        return new ReceiveQueue(
                this, queue, header, alone, parts, settings.buffers(), settings.posted());
    }

    @Override
    public long macAddress() {
        return address;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int offloads() {
        return offloads;
    }

    @Override
    public int mostParts() {
        return mostParts;
    }

    @Override
    public boolean isLinkUp() {
        return linkUp;
    }

    @Override
    public int queues() {
        return used;
    }

    @Override
    public NetworkQueue queue(int index) {
        Objects.checkIndex(index, used);
        return pairs[index];
    }

    private interface Command {
        boolean run() throws IOException;
    }

    private boolean command(Command command) throws IOException {
        controlLock.lock();
        try {
            checkUsable();
            return command.run();
        } catch (IOException e) {
            throw abort(e);
        } finally {
            controlLock.unlock();
        }
    }

    private boolean has(long all) {
        return (features & all) == all;
    }

    @Override
    public boolean setMacAddress(long newAddress) throws IOException {
        boolean done =
                has(NetworkFeatures.CTRL_MAC_ADDR) && command(() -> control.setAddress(newAddress));
        address = done ? newAddress : address;
        return done;
    }

    @Override
    public boolean setReceiveMode(boolean promiscuous, boolean groups) throws IOException {
        allGroups = groups;
        return has(NetworkFeatures.CTRL_RX)
                && command(() -> control.setPromiscuous(promiscuous))
                && command(() -> control.setAllGroups(groups || manyGroups));
    }

    @Override
    public boolean setGroups(long[] addresses) throws IOException {
        if (!has(NetworkFeatures.CTRL_RX)) {
            return false;
        }
        boolean many = addresses.length > ControlQueue.MOST_GROUPS;
        boolean before = manyGroups;
        manyGroups = many;
        if (many) {
            return command(() -> control.setAllGroups(true));
        }
        boolean done = command(() -> control.setGroups(addresses));
        return done && (!before || command(() -> control.setAllGroups(allGroups)));
    }

    @Override
    public long badPackets() {
        long bad = 0;
        for (QueuePair pair : pairs) {
            bad += pair.receive().bad();
        }
        return bad;
    }

    @Override
    public boolean service(int queue) throws IOException {
        QueuePair pair = pairs[queue];
        if (pair.transmit().service()) {
            listener.transmitted(queue);
        }
        pair.receive().disableInterrupts();
        for (int i = 0; i < MOST_ROUNDS; i++) {
            received(queue);
            if (pair.receive().enableInterrupts()) {
                return false;
            }
        }
        return true;
    }

    /** The listener may answer each packet by any queue. */
    private void received(int queue) {
        for (QueuePair pair : pairs) {
            pair.transmit().hold();
        }
        try {
            listener.received(queue);
        } finally {
            for (QueuePair pair : pairs) {
                pair.transmit().release();
            }
        }
    }

    /** Reads again what may have changed: the link. */
    public void configurationChanged() throws IOException {
        checkUsable();
        try {
            device.requireNoReset();
        } catch (VirtioException e) {
            throw abort(e);
        }
        NetworkConfiguration now = NetworkConfiguration.read(device, features);
        if (now.linkUp() != linkUp) {
            linkUp = now.linkUp();
            listener.linkChanged(linkUp);
        }
        if (now.announce() && has(NetworkFeatures.GUEST_ANNOUNCE)) {
            command(control::acknowledgeAnnouncement);
            listener.announce();
        }
    }

    @Override
    public void watch(long now, long patience) throws IOException {
        for (QueuePair pair : pairs) {
            pair.transmit().watch(now, patience);
        }
    }

    @Override
    protected void reset() throws IOException {
        device.resetUninterruptibly();
        quiet = true;
    }

    @Override
    public void close() {
        abort();
        // Whoever gives a command is still at its queue, whose memory goes next.
        controlLock.lock();
        controlLock.unlock();
        for (QueuePair pair : pairs) {
            if (pair != null) {
                pair.receive().close(quiet);
                pair.transmit().close(quiet);
            }
        }
        for (int i = 0; i < pairs.length; i++) {
            listener.transmitted(i);
        }
    }
}
