package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.xen.block.BlockConnection.LostException;
import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusState;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.BackendNodes;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A disk of another domain (public/io/blkif.h), through a ring of one page. Between two connections
 * its users wait; a request that was under way when one ended is made again with the next one.
 */
public final class XenBlock implements BlockDevice, Frontend {
    /** Pages of a request, where the backend knows indirect ones: 256 KiB and one more. */
    private static final int MOST_SEGMENTS = 65;

    /** No status: those have 16 bits. */
    private static final int AGAIN = Integer.MIN_VALUE;

    /** How long requests have to end before the domain is suspended. */
    private static final long SUSPEND_PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final BackendAccess access;
    private final Supplier<DeviceFrames> frames;
    private final long patience;
    private final String name;

    /** Another one when it was attached again. */
    private volatile BusDevice device;

    /** One that was published, and is not used yet. */
    private BlockConnection published;

    private BlockConnection current;

    /** Ended ones, some of whose requests may wait for pages that the backend kept. */
    private final List<BlockConnection> lingering = new ArrayList<>();

    private BlockParameters parameters;
    private boolean suspended;
    private boolean closed;

    /** Operations of which the backend said that it cannot do them after all. */
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

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
    }

    /** It was detached; users that wait for it go on with the one that has its number now. */
    void attachAgain(BusDevice again) {
        device = again;
    }

    @Override
    public BusState connect() throws IOException {
        int handle = BlockParameters.handle(device);
        long indirect = BackendNodes.number(device, "feature-max-indirect-segments", 0);
        int segments = (int) Math.clamp(indirect, BlockMessages.MOST_DIRECT, MOST_SEGMENTS);
        int domain = device.backendDomain();
        BlockConnection connection =
                new BlockConnection(name, access, domain, handle, segments, patience, frames.get());
        synchronized (this) {
            published = connection;
        }
        try {
            Map<String, String> nodes = new LinkedHashMap<>();
            nodes.put("ring-ref", Integer.toString(connection.ringReference()));
            nodes.put("event-channel", Integer.toString(connection.portNumber()));
            nodes.put("protocol", "x86_64-abi");
            nodes.put("feature-persistent", "0");
            device.publish(nodes);
        } catch (IOException | RuntimeException | Error e) {
            drop(false); // the bus does not know that there is something
            throw e;
        }
        return BusState.INITIALISED;
    }

    @Override
    public void connected() throws IOException {
        BlockParameters found = BlockParameters.read(device);
        BlockConnection connection;
        synchronized (this) {
            if (parameters != null && !found.isSameDisk(parameters)) {
                throw new IOException("another disk was attached in its place");
            }
            connection = published;
            refused.clear();
            parameters = found;
            current = connection;
            suspended = false;
            lingering.forEach(old -> old.hold(false));
            notifyAll();
        }
        Thread thread = new Thread(connection::serve, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** A connected backend tells its state again when the disk has another size. */
    @Override
    public void backendChanged(BusState backend) throws IOException {
        boolean up;
        synchronized (this) {
            up = current != null;
        }
        if (up && backend == BusState.CONNECTED) {
            BlockParameters now = BlockParameters.read(device);
            synchronized (this) {
                parameters = now;
            }
        }
    }

    /** Nothing is under way when the domain is saved: so nothing is done twice. */
    @Override
    public void suspend() {
        BlockConnection connection;
        synchronized (this) {
            suspended = true;
            connection = current;
            lingering.forEach(old -> old.hold(true));
        }
        if (connection != null) {
            connection.hold(true);
        }
        long end = System.nanoTime() + SUSPEND_PATIENCE;
        while (connection != null
                && connection.underWay() > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE);
        }
    }

    @Override
    public void resume() {
        drop(true);
    }

    @Override
    public void disconnect() {
        drop(false);
    }

    private void drop(boolean restored) {
        BlockConnection old;
        synchronized (this) {
            old = published;
            published = null;
            current = null;
        }
        try {
            linger(old, restored);
        } finally {
            if (old != null) {
                old.close(restored);
            }
        }
    }

    /** What a connection has under way may still have to be held back, or be forgotten. */
    private synchronized void linger(BlockConnection old, boolean restored) {
        lingering.removeIf(one -> one.underWay() == 0);
        if (restored) {
            lingering.forEach(BlockConnection::forget);
        } else if (old != null) {
            lingering.add(old);
        }
    }

    /** Nobody comes back: who waits hears of it. */
    public void close() {
        drop(false);
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }

    /**
     * Waits until the disk is connected.
     *
     * @throws IOException it was not in time
     */
    public synchronized void awaitConnection() throws IOException {
        long end = System.nanoTime() + patience;
        PostponedInterrupt.during(() -> {
            while ((current == null || suspended) && !closed) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IOException(name + ": its backend is gone");
                }
                wait(left / 1_000_000 + 1);
            }
        });
        if (closed) {
            throw new IOException(name + ": it was closed");
        }
    }

    private synchronized BlockConnection connection() throws IOException {
        awaitConnection();
        return current;
    }

    private synchronized BlockParameters parameters() {
        if (parameters == null) {
            throw new IllegalStateException(name + " has not been connected");
        }
        return parameters;
    }

    /** The name of its directory in xenstore, mostly a number. */
    String id() {
        return device.id();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return parameters().bytes();
    }

    @Override
    public int blockBytes() {
        return parameters().blockBytes();
    }

    @Override
    public boolean isReadOnly() {
        return parameters().readOnly();
    }

    @Override
    public boolean canDiscard() {
        boolean can = parameters().discardBytes() > 0 && !isReadOnly();
        return can && !refused.contains(BlockMessages.DISCARD);
    }

    /** Makes a request; {@link #AGAIN} if its connection ended under it. */
    private int attempt(BlockConnection connection, BlockOperation operation) throws IOException {
        try {
            return connection.request(operation);
        } catch (LostException e) {
            synchronized (this) {
                if (current == connection && !suspended) {
                    throw e; // it is broken, and nobody has made another one
                }
            }
            return AGAIN;
        }
    }

    /** Makes a request without a buffer; its status. */
    private int command(int code, long position, long length) throws IOException {
        int status;
        do {
            status = attempt(connection(), new BlockOperation(code, position, null, 0, length));
        } while (status == AGAIN);
        return status;
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.read(position, buffer, offset, length));
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.write(position, buffer, offset, length));
    }

    private void transfer(BlockTransfer transfer) throws IOException {
        check(transfer);
        for (int done = 0; done < transfer.length(); ) {
            BlockConnection connection = connection();
            BlockOperation part = BlockOperation.part(transfer, done, connection.mostBytes());
            int status = attempt(connection, part);
            if (status == BlockMessages.STATUS_OKAY) {
                done += (int) part.length();
            } else if (status != AGAIN) {
                throw error(status, part.position(), part.length());
            }
        }
    }

    private void check(BlockTransfer transfer) throws IOException {
        if (transfer.isWrite() && isReadOnly()) {
            throw new IOException(name + ": it is read-only");
        }
        BlockRange.check(this, transfer.position(), transfer.length());
        transfer.buffer().address(transfer.offset(), transfer.length());
        if (transfer.offset() % blockBytes() != 0) {
            throw new IllegalArgumentException(
                    name + ": blocks at " + transfer.offset() + " of a buffer");
        }
    }

    /** Together, as far as there is room; what was not made so, alone, which tells why. */
    @Override
    public void transfer(List<BlockTransfer> transfers) {
        try {
            JointOperation.make(connection(), transfers, this::check)
                    .forEach(transfer -> transfer.run(this));
        } catch (IOException e) {
            transfers.forEach(transfer -> transfer.end(e));
        }
    }

    private IOException error(int status, long position, long length) {
        String what = BlockMessages.text(status);
        return new IOException(name + ": " + what + " with " + length + " bytes at " + position);
    }

    /** By a barrier where there is no flush, which is as good; without both, nothing is cached. */
    @Override
    public void flush() throws IOException {
        connection();
        boolean done = parameters().flush() && flush(BlockMessages.FLUSH_DISKCACHE);
        if (!done && parameters().barrier()) {
            flush(BlockMessages.WRITE_BARRIER);
        }
    }

    /** False if the backend cannot do that. */
    private boolean flush(int operation) throws IOException {
        return !refused.contains(operation) && check(operation, command(operation, 0, 0), 0, 0);
    }

    /**
     * Looks at the answer to an operation that a backend may refuse.
     *
     * @return false if it did
     */
    private boolean check(int operation, int status, long position, long length)
            throws IOException {
        if (status == BlockMessages.STATUS_NOT_SUPPORTED) {
            refused.add(operation);
        } else if (status != BlockMessages.STATUS_OKAY) {
            throw error(status, position, length);
        }
        return status == BlockMessages.STATUS_OKAY;
    }

    /** Only whole pieces of what the backend can discard. */
    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        long piece = parameters().discardBytes();
        if (!canDiscard()) {
            return;
        }
        long first = parameters().firstPiece(position);
        long bytes = (position + length - first) / piece * piece;
        if (bytes > 0) {
            int status = command(BlockMessages.DISCARD, first, bytes);
            check(BlockMessages.DISCARD, status, first, bytes);
        }
    }
}
