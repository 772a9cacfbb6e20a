package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.NetworkDevice;
import dev.cortado.drivers.network.NetworkListener;
import dev.cortado.drivers.network.NetworkQueue;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusState;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A network device of another domain (public/io/netif.h), for as long as somebody uses it: through
 * backends, through restores of the domain, through being detached and attached. Its link is up
 * while both halves are connected. What is under way when a connection ends is lost, as on any
 * wire, and all buffers are given back; users notice a delay.
 *
 * <p>The bus's thread makes connections and ends them; a thread for each queue {@linkplain #serve
 * serves} them, and tells the listener.
 */
final class XenNet implements NetworkDevice, Frontend {
    private final String name;
    private final BackendAccess access;
    private final Supplier<DeviceFrames> source;
    private final NetworkSettings settings;
    private final NetworkListener listener;
    private final VifQueue[] queues;
    private volatile BusDevice device;
    private volatile NetworkParameters parameters;

    /** One whose pages the backend may have; the bus's methods' own. */
    private VifConnection shared;

    /** The one that both halves use; null if there is none. Changed with this monitor held. */
    private volatile VifConnection live;

    /** Why it could not be driven when that was tried last, or null. */
    private IOException failure;

    /** What the listener was told last. */
    private volatile boolean linkUp;

    /** Of the first queue's threads, which live one after the other. */
    private boolean wasUp;

    /** The newest, also when it is at its end; and what was counted before it. */
    private volatile VifConnection newest;

    private volatile long badBefore;

    /**
     * @param path its directory in xenstore
     * @param source of frames of one connection each
     * @param settings with buffers of a page each
     */
    XenNet(
            String path,
            BackendAccess access,
            Supplier<DeviceFrames> source,
            NetworkSettings settings,
            NetworkListener listener) {
        this.access = access;
        this.source = source;
        this.settings = settings;
        this.listener = listener;
        name = "xen-net (" + path + ')';
        queues = new VifQueue[settings.queues()];
        for (int i = 0; i < queues.length; i++) {
            int index = i;
            queues[i] = new VifQueue(() -> pair(live, index), () -> pairToSend(live, index));
        }
    }

    /** Null if there is no connection, or the backend has fewer queues. */
    private static RingPair pair(VifConnection connection, int queue) {
        return connection == null || queue >= connection.pairs().length
                ? null
                : connection.pairs()[queue];
    }

    /** As {@link #pair}; one queue of a backend that has fewer sends for several. */
    private static RingPair pairToSend(VifConnection connection, int queue) {
        return connection == null ? null : connection.pairs()[queue % connection.pairs().length];
    }

    /**
     * There is a device now, which may be another one than before. One that makes no sense is
     * closed when it is to be connected.
     */
    synchronized void attach(BusDevice found) {
        device = found;
        try {
            parameters = NetworkParameters.beforeConnection(found);
            failure = null;
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Who waits for the device hears of it. */
    private synchronized void fail(IOException why) {
        failure = why;
        notifyAll();
    }

    /**
     * Waits until the link is up.
     *
     * @param nanoseconds at most
     * @throws IOException there is no device that can be driven
     */
    synchronized void awaitLink(long nanoseconds) throws InterruptedException, IOException {
        long end = System.nanoTime() + nanoseconds;
        long left = nanoseconds;
        while (!linkUp && failure == null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (device == null) {
            throw new IOException(name + ": it is gone");
        }
    }

    BusDevice device() {
        return device;
    }

    @Override
    public BusState connect() throws IOException {
        try {
            share();
            return BusState.CONNECTED;
        } catch (IOException | RuntimeException | Error e) {
            fail(e instanceof IOException known ? known : new IOException(name, e));
            throw e;
        }
    }

    private void share() throws IOException {
        BusDevice from = device;
        NetworkParameters found = NetworkParameters.read(from);
        int domain = from.backendDomain();
        VifConnection made =
                new VifConnection(name, access, domain, found, settings, source.get(), queues);
        try {
            made.start(); // the backend finds buffers from its beginning on
            NetworkNodes.publish(from, made.pairs(), settings);
        } catch (IOException | RuntimeException | Error e) {
            made.end(false); // the bus does not know that there is something
            throw e;
        }
        synchronized (this) {
            badBefore = badPackets();
            newest = made;
            shared = made;
            parameters = found;
            failure = null;
        }
    }

    @Override
    public void backendChanged(BusState backend) throws IOException {
        if (backend == BusState.CONNECTED && shared != null) {
            try {
                parameters = NetworkParameters.read(device); // its scripts have come to their end
            } catch (IOException e) {
                fail(e);
                throw e;
            }
            shared.setParameters(parameters);
            setLive(shared);
        }
    }

    /** Its rings make no sense any more: nobody uses them until there are others. */
    void abandon() {
        setLive(null);
    }

    private synchronized void setLive(VifConnection connection) {
        live = connection;
        notifyAll();
    }

    /** Nothing is under way when the domain is saved: what comes next is for the next backend. */
    @Override
    public void suspend() {
        setLive(null);
        if (shared != null) {
            shared.stop();
        }
    }

    /** After a restore nothing is granted any more. */
    @Override
    public void resume() {
        drop(true);
    }

    @Override
    public void disconnect() {
        drop(false);
    }

    private void drop(boolean restored) {
        VifConnection old = shared;
        shared = null;
        setLive(null);
        if (old != null) {
            old.end(restored);
        }
    }

    /**
     * Serves a queue's rings, those of one connection after the other. For one thread.
     *
     * @throws IOException rings of a connection that has not ended make no sense any more
     */
    void serve(int queue) throws IOException, InterruptedException {
        listener.transmitted(queue); // the thread before may have left something
        while (true) {
            VifConnection connection = awaitLive(queue);
            try {
                tellLink(queue, true);
                listener.transmitted(queue); // who found no backend may go on
                serve(connection, queue);
            } finally {
                tellLink(queue, false);
            }
            connection.awaitEnd();
            listener.transmitted(queue); // there is something to take back
        }
    }

    private synchronized VifConnection awaitLive(int queue) throws InterruptedException {
        while (pair(live, queue) == null) {
            wait();
        }
        return live;
    }

    private void serve(VifConnection connection, int queue)
            throws IOException, InterruptedException {
        RingPair pair = connection.pairs()[queue];
        Runnable received = () -> listener.received(queue); // once: many packets come
        try {
            while (true) {
                boolean more = true;
                while (more) {
                    if (pair.serviceTransmit()) {
                        listener.transmitted(queue);
                    }
                    more = pair.serviceReceive(received);
                }
                pair.await(Long.MAX_VALUE);
            }
        } catch (IOException e) {
            if (live == connection) {
                throw e;
            }
        }
    }

    /** The first queue's thread tells of the link; after the first time also where we are now. */
    private void tellLink(int queue, boolean up) {
        if (queue > 0) {
            return;
        }
        synchronized (this) {
            linkUp = up;
            notifyAll();
        }
        listener.linkChanged(up);
        if (up && wasUp) {
            listener.announce();
        }
        wasUp |= up;
    }

    @Override
    public String name() {
        return name;
    }

    private NetworkParameters parameters() {
        NetworkParameters known = parameters;
        if (known == null) {
            throw new IllegalStateException(name + " has not been found");
        }
        return known;
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

    /** The words in xenstore that say which these are to be. */
    List<String> addresses() {
        return parameters().addresses();
    }

    @Override
    public int mostParts() {
        return (offloads() & Offloads.SCATTER) != 0 ? TransmitRing.MOST_PARTS : 1;
    }

    @Override
    public boolean isLinkUp() {
        return linkUp;
    }

    /** As many as are wanted, whatever a backend has. */
    @Override
    public int queues() {
        return queues.length;
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
        VifConnection connection = newest; // the kernel's monitor asks: no lock
        return badBefore + (connection == null ? 0 : connection.bad());
    }
}
