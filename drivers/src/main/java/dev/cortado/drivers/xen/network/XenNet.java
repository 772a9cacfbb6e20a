package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.SentPackets;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusState;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A network device of another domain (public/io/netif.h). Between two connections the link is down;
 * what was under way is lost, as on any wire, and all buffers are given back. After each, others
 * are to be told where we are.
 */
public final class XenNet implements NetworkDevice, Frontend {
    private final BusDevice device;
    private final BackendAccess access;
    private final Supplier<DeviceFrames> source;
    private final NetworkSettings settings;
    private final NetworkListener listener;
    private final String name;

    /** One connection, whose rings lie in frames of their own. */
    private record Connection(
            NetworkParameters parameters,
            BufferGrants grants,
            DeviceFrames frames,
            RingPair[] pairs) {}

    /** The newest, also when it is at its end. */
    private volatile Connection current;

    /** One whose pages the backend may have; the bus's methods' own. */
    private volatile Connection shared;

    /** The one that both sides use; null if there is none. */
    private volatile Connection live;

    /** What the listener was told last. */
    private final AtomicBoolean linkUp = new AtomicBoolean();

    private volatile boolean wasUp;
    private long badBefore;

    /** What a user holds on to, whatever connection there is. */
    private final class Queue implements NetworkQueue {
        private final int index;
        private final ReentrantLock lock = new ReentrantLock();

        /** Held by the thread that serves: of two connections' threads, one after the other. */
        private final ReentrantLock serving = new ReentrantLock();

        private final SentPackets packets = new SentPackets(this, RingPair.mostPackets());

        Queue(int index) {
            this.index = index;
        }

        /** Null between two connections, or if this one has fewer. */
        private RingPair pair() {
            Connection connection = live;
            return connection == null || index >= connection.pairs().length
                    ? null
                    : connection.pairs()[index];
        }

        /** While there is no backend, nothing is taken: that is a delay, and no error. */
        @Override
        public int transmit(NetworkBuffer[] all, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, all.length);
            RingPair pair = pair();
            try {
                return pair == null ? 0 : pair.transmit(all, from, count);
            } catch (IOException e) {
                if (live == null || pair != pair()) {
                    return 0; // it ended under us
                }
                throw e;
            }
        }

        @Override
        public int takeTransmitted(NetworkBuffer[] into) {
            lock.lock();
            try {
                RingPair pair = pair();
                if (pair != null) {
                    pair.reclaim();
                }
                return packets.take(into);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int receive(NetworkBuffer[] into) throws IOException {
            RingPair pair = pair();
            try {
                return pair == null ? 0 : pair.receive(into);
            } catch (IOException e) {
                if (live == null || pair != pair()) {
                    return 0; // it ended under us
                }
                throw e;
            }
        }
    }

    private final Queue[] queues;

    /**
     * @param source of frames of one connection each
     * @param settings with buffers of a page each
     */
    public XenNet(
            BusDevice device,
            BackendAccess access,
            Supplier<DeviceFrames> source,
            NetworkSettings settings,
            NetworkListener listener) {
        this.device = device;
        this.access = access;
        this.source = source;
        this.settings = settings;
        this.listener = listener;
        name = "xen-net (" + device.path() + ')';
        queues = new Queue[settings.queues()];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new Queue(i);
        }
    }

    @Override
    public BusState connect() throws IOException {
        NetworkParameters parameters = NetworkParameters.read(device);
        DeviceFrames frames = source.get();
        int domain = device.backendDomain();
        BufferGrants grants = new BufferGrants(access, domain, settings.buffers());
        RingPair[] pairs = new RingPair[Math.min(queues.length, parameters.mostQueues())];
        Connection connection = new Connection(parameters, grants, frames, pairs);
        try {
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] =
                        new RingPair(
                                name,
                                access,
                                domain,
                                parameters,
                                settings,
                                grants,
                                frames,
                                queues[i].packets,
                                queues[i].lock);
            }
        } catch (IOException e) {
            end(connection, false);
            throw e;
        }
        synchronized (this) {
            badBefore = badPackets();
            current = connection;
        }
        try {
            NetworkNodes.publish(device, pairs, settings);
        } catch (IOException | RuntimeException e) {
            end(connection, false); // the bus does not know that there is something
            throw e;
        }
        shared = connection;
        return BusState.CONNECTED;
    }

    @Override
    public void connected() {
        Connection connection = shared;
        live = connection;
        for (RingPair pair : connection.pairs()) {
            pair.start();
        }
        linkUp.set(true);
        for (int i = 0; i < connection.pairs().length; i++) {
            int index = i;
            Thread thread = new Thread(() -> serve(connection, index), name + " " + i);
            thread.setDaemon(true);
            thread.start();
        }
        listener.linkChanged(true);
        if (wasUp) {
            listener.announce();
        }
        wasUp = true;
        for (int i = 0; i < connection.pairs().length; i++) {
            listener.transmitted(i); // who found no backend may go on
        }
    }

    /** The thread of one pair of rings; after its predecessor, which may still tell its end. */
    private void serve(Connection connection, int index) {
        queues[index].serving.lock();
        try {
            serve(connection.pairs()[index], index);
        } finally {
            if (live == connection) {
                tellEnd(index);
            }
            queues[index].serving.unlock();
        }
    }

    /** Rings have come to their end by themselves: who waits for them hears of it. */
    private void tellEnd(int index) {
        if (linkUp.getAndSet(false)) {
            listener.linkChanged(false);
        }
        listener.transmitted(index);
        listener.received(index);
    }

    private void serve(RingPair pair, int index) {
        try {
            do {
                boolean more = true;
                while (more) {
                    if (pair.serviceTransmit()) {
                        listener.transmitted(index);
                    }
                    more = pair.serviceReceive(() -> listener.received(index));
                }
            } while (pair.await(Long.MAX_VALUE));
        } catch (IOException e) {
            // Who sends or receives hears of it as well.
        } catch (InterruptedException e) {
            // Nobody does that to this thread.
        }
    }

    @Override
    public void disconnect() {
        drop(false);
    }

    /** After a restore nothing is granted any more. */
    @Override
    public void resume() {
        drop(true);
    }

    /** Nothing is under way when the domain is saved: what comes next is for the next backend. */
    @Override
    public void suspend() {
        live = null;
        if (shared != null) {
            for (RingPair pair : shared.pairs()) {
                pair.stop();
            }
        }
    }

    private void drop(boolean restored) {
        Connection old = shared;
        shared = null;
        live = null;
        if (old == null) {
            return;
        }
        end(old, restored);
        if (linkUp.getAndSet(false)) {
            listener.linkChanged(false);
        }
        for (int i = 0; i < old.pairs().length; i++) {
            listener.transmitted(i); // there is something to take back
        }
    }

    /** Rings that a backend keeps are lost with their frames, and its buffers with their pool. */
    private static void end(Connection connection, boolean restored) {
        for (RingPair pair : connection.pairs()) {
            if (pair != null) {
                pair.stop();
            }
        }
        if (!restored) {
            connection.grants().close();
        }
        boolean rings = true;
        for (RingPair pair : connection.pairs()) {
            if (pair != null) {
                rings &= restored || pair.endRings();
                pair.giveBack();
            }
        }
        if (rings) {
            connection.frames().close();
        }
    }

    @Override
    public String name() {
        return name;
    }

    private NetworkParameters parameters() {
        Connection connection = current;
        if (connection == null) {
            throw new IllegalStateException(name + " has not been connected");
        }
        return connection.parameters();
    }

    @Override
    public long macAddress() {
        return parameters().macAddress();
    }

    @Override
    public int mtu() {
        return parameters().mtu();
    }

    /** Of the newest connection: another backend may do less. */
    @Override
    public int offloads() {
        return parameters().offloads();
    }

    @Override
    public int mostParts() {
        return (offloads() & Offloads.SCATTER) != 0 ? TransmitRing.MOST_PARTS : 1;
    }

    @Override
    public boolean isLinkUp() {
        return linkUp.get();
    }

    /** Of the newest connection, never more than were wanted. */
    @Override
    public int queues() {
        Connection connection = current;
        return connection == null ? queues.length : connection.pairs().length;
    }

    @Override
    public NetworkQueue queue(int index) {
        return queues[index];
    }

    @Override
    public boolean setMacAddress(long address) {
        return false; // it is in the toolstack's hands
    }

    @Override
    public boolean setReceiveMode(boolean promiscuous, boolean allGroups) {
        return false;
    }

    @Override
    public boolean setGroups(long[] addresses) {
        return false;
    }

    @Override
    public long badPackets() {
        Connection connection = current;
        long bad = badBefore;
        for (RingPair pair : connection == null ? new RingPair[0] : connection.pairs()) {
            bad += pair.bad();
        }
        return bad;
    }
}
