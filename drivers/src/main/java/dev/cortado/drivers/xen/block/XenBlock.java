package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.OtherMediumException;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusState;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.BackendNodes;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A disk of another domain (public/io/blkif.h), through a ring of one page. Between two connections
 * its users wait; a request that was under way when one ended is made again with the next one, but
 * not before the backend has let go of the ring that it was in.
 *
 * <p>The bus's thread makes connections and ends them; a {@link BlockService} serves them.
 */
public final class XenBlock implements Frontend {
    /** Pages of a request, where the backend knows indirect ones: 256 KiB and one more. */
    private static final int MOST_SEGMENTS = 65;

    /** How long requests have to end before the domain is suspended. */
    private static final long SUSPEND_PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** Between two looks at pages that a backend has kept. */
    private static final long KEPT_MILLISECONDS = 100;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final BackendAccess access;
    private final Supplier<DeviceFrames> frames;
    private final long patience;
    private final String name;
    private final RestartableBlockDevice disk;

    /** Another one when it was attached again. */
    private volatile BusDevice device;

    // Guarded by this.

    /** One that the backend may have. */
    private BlockConnection published;

    /** The one that both halves use. */
    private BlockLife live;

    /** Ended ones, of which a backend still has pages. */
    private final KeptConnections kept = new KeptConnections();

    /** What the disk was last; null before the first connection. */
    private BlockParameters parameters;

    /** Why it has to be connected anew, until somebody does so. */
    private Throwable fault;

    /** The backend is closing by itself, and waits for us to begin anew. */
    private boolean isClosing;

    private boolean isGivenUp;

    /**
     * @param frames of one connection each
     * @param patience nanoseconds that the backend has for a request, and for another connection
     */
    public XenBlock(
            BusDevice device, BackendAccess access, Supplier<DeviceFrames> frames, long patience) {
        this.device = device;
        this.access = access;
        this.frames = frames;
        this.patience = patience;
        name = "xen-blk (" + device.path() + ')';
        disk = new RestartableBlockDevice(name, patience);
    }

    /** For those who use it, whatever becomes of its connections. */
    public RestartableBlockDevice disk() {
        return disk;
    }

    BusDevice device() {
        return device;
    }

    /** It was detached; users that wait for it go on with the one that has its number now. */
    void attachAgain(BusDevice again) {
        device = again;
    }

    @Override
    public BusState connect() throws IOException {
        try {
            publish();
            return BusState.INITIALISED;
        } catch (IOException | RuntimeException | Error e) {
            drop(false); // the bus does not know that there is something
            fail(e);
            throw e;
        }
    }

    private void publish() throws IOException {
        synchronized (this) {
            if (isGivenUp) {
                throw new IOException("its driver was given up");
            }
            fault = null;
            isClosing = false;
            kept.reap();
            kept.reserve();
        }
        BusDevice to = device;
        int handle = BlockParameters.handle(to);
        long indirect = BackendNodes.number(to, "feature-max-indirect-segments", 0);
        int segments = (int) Math.clamp(indirect, BlockMessages.MOST_DIRECT, MOST_SEGMENTS);
        BlockConnection connection =
                new BlockConnection(
                        name, access, to.backendDomain(), handle, segments, patience, frames.get());
        synchronized (this) {
            published = connection;
        }
        Map<String, String> nodes = new LinkedHashMap<>();
        nodes.put("ring-ref", Integer.toString(connection.ringReference()));
        nodes.put("event-channel", Integer.toString(connection.portNumber()));
        nodes.put("protocol", "x86_64-abi");
        nodes.put("feature-persistent", "0");
        to.publish(nodes);
    }

    @Override
    public void connected() throws IOException {
        try {
            begin(BlockParameters.read(device));
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private synchronized void begin(BlockParameters found) throws IOException {
        if (parameters != null && !found.isSameDisk(parameters)) {
            OtherMediumException other =
                    new OtherMediumException("another disk was attached in its place");
            giveUp(other); // its blocks would be taken for those of the one before
            throw other;
        }
        parameters = found;
        live = new BlockLife(name, published, found);
        notifyAll();
    }

    @Override
    public void backendChanged(BusState backend) throws IOException {
        if (backend == BusState.CONNECTED) {
            readAgain();
        } else if (backend == BusState.CLOSING || backend == BusState.CLOSED) {
            boolean online = "1".equals(device.backendNode("online"));
            synchronized (this) {
                isClosing = online && published != null;
            }
        }
    }

    /** A connected backend tells its state again when the disk has another size. */
    private void readAgain() throws IOException {
        BlockLife now;
        synchronized (this) {
            now = live;
        }
        if (now == null) {
            return;
        }
        try {
            BlockParameters found = BlockParameters.read(device);
            if (!found.isLike(now.parameters())) {
                throw new IOException(name + ": its backend says that it has become another disk");
            }
            now.setParameters(found);
            synchronized (this) {
                parameters = found;
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** The bus closes the device now; the service hears of it. */
    private synchronized void fail(Throwable why) {
        if (!isGivenUp) {
            live = null;
            fault = why;
        }
        notifyAll();
    }

    /** Nothing is under way when the domain is saved: so nothing is done twice. */
    @Override
    public void suspend() {
        BlockConnection connection;
        synchronized (this) {
            connection = published;
        }
        if (connection == null) {
            return;
        }
        connection.hold();
        long end = System.nanoTime() + SUSPEND_PATIENCE;
        while (connection.underWay() > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE);
        }
        connection.freeze(true);
    }

    @Override
    public void resume() {
        drop(true);
    }

    /** The domain is about to be saved, whether the disk is attached or not. */
    synchronized void freezeKept() {
        kept.freeze(true);
    }

    /**
     * It was, or goes on as if it had not been.
     *
     * @param restored whether nothing is shared any more
     */
    synchronized void thawKept(boolean restored) {
        if (restored) {
            kept.forget();
        }
        kept.freeze(false);
        notifyAll();
    }

    @Override
    public void disconnect() {
        drop(false);
    }

    /**
     * @param restored whether the domain was, and nothing is shared any more
     */
    private void drop(boolean restored) {
        BlockConnection old;
        synchronized (this) {
            old = published;
            published = null;
            live = null;
        }
        if (old != null) {
            // Before anybody can take its pages back: nobody writes to them any more.
            old.close();
        }
        synchronized (this) {
            if (old != null) {
                kept.add(old);
                if (restored) {
                    old.forget();
                }
                old.freeze(false); // of a domain that was not saved after all
            }
            kept.reap();
            if (isClosing && !restored) {
                fault = new IOException(name + ": its backend has closed it");
            }
            isClosing = false;
            notifyAll();
        }
    }

    /** No other connection is made: who waits for one hears why. */
    synchronized void giveUp(Throwable why) {
        isGivenUp = true;
        disk.giveUp(why);
        notifyAll();
    }

    /**
     * Waits until both halves are connected.
     *
     * @return null if they never will be again
     * @throws IOException they could not be, or the backend did not want it any more
     */
    synchronized BlockLife awaitLive() throws IOException, InterruptedException {
        boolean isReaped = kept.reap();
        while (live == null && fault == null && !(isGivenUp && isReaped)) {
            wait(isReaped ? 0 : KEPT_MILLISECONDS);
            isReaped = kept.reap();
        }
        if (isGivenUp) {
            return null;
        }
        if (fault instanceof IOException known) {
            throw known;
        }
        if (fault != null) {
            throw new IOException(name + ": " + fault, fault);
        }
        return live;
    }

    /** Waits until backends have nothing any more, or for so many nanoseconds. */
    void awaitReleased(long nanoseconds) {
        long end = System.nanoTime() + nanoseconds;
        while (deadline() != Long.MAX_VALUE && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    /**
     * How long to wait for the backend, if it has nothing to say: pages may have to be taken back.
     */
    synchronized long deadline() {
        return kept.reap()
                ? Long.MAX_VALUE
                : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEPT_MILLISECONDS);
    }

    /** Who served a connection has died; nothing if that is not the present one. */
    synchronized void died(BlockLife life, Throwable why) {
        if (live == life) {
            live = null;
            fault = why;
        }
    }

    /** Why it has to be connected anew; null if it has not. */
    synchronized Throwable fault() {
        return fault;
    }

    /** The bus knows. */
    synchronized void forgetFault(Throwable known) {
        if (fault == known) {
            fault = null;
        }
    }
}
