package dev.cortado.drivers.xen.network;

import dev.cortado.drivers.network.BufferListener;
import dev.cortado.drivers.network.NetworkBuffer;
import dev.cortado.drivers.network.NetworkBuffers;
import dev.cortado.drivers.network.NetworkSettings;
import dev.cortado.drivers.network.Offloads;
import dev.cortado.drivers.network.PacketCheck;
import dev.cortado.drivers.network.SentPackets;
import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.FrontRing;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A ring to send and one to receive, which a backend has, from one connection to its end. */
final class RingPair {
    private static final int PAGE = BackendAccess.PAGE_BYTES;
    private static final long WAITER = 1;

    /** So often the rings are looked at again before others are. */
    private static final int MOST_ROUNDS = 8;

    private final String name;
    private final BackendAccess access;
    private final Supplier<NetworkParameters> parameters;
    private final NetworkBuffers pool;
    private final BufferGrants grants;
    private final int[] ringGrants = new int[2];
    private final PeerPort port;

    /** Of the queue, whatever rings it has; guarded by its lock. */
    private final SentPackets packets;

    private final ReentrantLock transmitLock;
    private final TransmitRing transmit;
    private final ReceiveRing receive;
    private final ReentrantLock receiveLock = new ReentrantLock();

    /** Guarded by the lock for sending: somebody waits for room, since so many were sent. */
    private boolean wanted;

    private long wantedSince;

    /** Guarded by the lock for receiving; null before {@link #start}. */
    private BufferListener listener;

    /** Made beforehand: the end of a connection needs no memory, or it would be none. */
    private final IOException gone;

    private final GrantRetry retry = new GrantRetry();
    private volatile IOException failure;

    /** Not before both sides are connected. */
    private volatile boolean running;

    private boolean stopped;

    RingPair(
            String name,
            BackendAccess access,
            int domain,
            Supplier<NetworkParameters> parameters,
            NetworkSettings settings,
            BufferGrants grants,
            DeviceFrames frames,
            SentPackets packets,
            ReentrantLock transmitLock)
            throws IOException {
        this.name = name;
        this.access = access;
        this.parameters = parameters;
        this.grants = grants;
        pool = settings.buffers();
        DeviceBlock pages = frames.allocate(2L * PAGE, BuddyAllocator.NO_LIMIT);
        NetworkMessages messages = new NetworkMessages(access.memory());
        long page = pages.address();
        FrontRing out = new FrontRing(access.memory(), page, PAGE, NetworkMessages.TRANSMIT_BYTES);
        FrontRing in =
                new FrontRing(access.memory(), page + PAGE, PAGE, NetworkMessages.RECEIVE_BYTES);
        this.packets = packets;
        this.transmitLock = transmitLock;
        transmit = new TransmitRing(out, messages, grants, packets);
        receive = new ReceiveRing(this, in, messages, grants, pool, settings.posted());
        gone = new IOException(name + ": its backend is gone");
        port = access.offerPort(domain);
        boolean done = false;
        try {
            for (int i = 0; i < 2; i++) {
                int reference = access.grant(domain, pages.device() + (long) i * PAGE, false);
                if (reference == BackendAccess.NONE) {
                    throw new IOException(name + ": no grant is left for domain " + domain);
                }
                ringGrants[i] = reference;
            }
            done = true;
        } finally {
            if (!done) {
                endRings(true);
                port.close();
            }
        }
    }

    /** Packets of a queue that are under way at once. */
    static int mostPackets() {
        return FrontRing.size(PAGE, NetworkMessages.TRANSMIT_BYTES);
    }

    int transmitReference() {
        return ringGrants[0];
    }

    int receiveReference() {
        return ringGrants[1];
    }

    int portNumber() {
        return port.number();
    }

    /** Both sides are connected. */
    void start() {
        receiveLock.lock();
        try {
            listener = pool.listen(this::feed);
            running = true;
        } finally {
            receiveLock.unlock();
        }
        feed();
    }

    private boolean isUsable() {
        return running && failure == null;
    }

    private void checkUsable() throws IOException {
        IOException why = failure;
        if (why != null) {
            throw new IOException(why.getMessage(), why);
        }
    }

    private IOException fail(CorruptRingException cause) {
        return fail(new IOException(name + ": " + cause.getMessage(), cause));
    }

    private IOException fail(IOException why) {
        failure = failure == null ? why : failure;
        port.wake();
        return why;
    }

    int transmit(NetworkBuffer[] all, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, all.length);
        int taken = 0;
        transmitLock.lock();
        try {
            checkUsable();
            NetworkParameters now = parameters.get();
            int most = (now.offloads() & Offloads.SCATTER) != 0 ? TransmitRing.MOST_PARTS : 1;
            while (taken < count && running) {
                NetworkBuffer packet = all[from + taken];
                int parts = PacketCheck.check(packet, 0, now.offloads(), now.mtu(), most);
                checkPool(packet);
                if (!hasRoom(parts)) {
                    break;
                }
                if (!transmit.canGrant(packet)) {
                    starve();
                    break;
                }
                transmit.add(packet);
                taken++;
            }
        } catch (CorruptRingException e) {
            IOException failed = fail(e);
            if (taken == 0) {
                throw failed;
            }
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (taken == 0) {
                throw e; // otherwise when it is the first one
            }
        } finally {
            if (taken > 0 && transmit.ring().publish()) {
                port.send();
            }
            transmitLock.unlock();
        }
        return taken;
    }

    /** A page with something else in it is not for the backend. */
    private void checkPool(NetworkBuffer packet) {
        for (NetworkBuffer part = packet; part != null; part = part.next()) {
            if (part.pool() != pool) {
                throw new IllegalArgumentException(name + ": a buffer of another pool");
            }
        }
    }

    private boolean hasRoom(int parts) throws CorruptRingException {
        while (!transmit.hasRoom(parts)) {
            long before = packets.total();
            transmit.reclaim();
            if (packets.total() == before) {
                wanted = true;
                wantedSince = before;
                if (transmit.ring().enableEvents()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** With the lock for sending held: looks what was sent. */
    void reclaim() {
        try {
            if (isUsable()) {
                transmit.reclaim();
            }
        } catch (CorruptRingException e) {
            fail(e);
        }
    }

    int receive(NetworkBuffer[] into) throws IOException {
        receiveLock.lock();
        try {
            checkUsable();
            if (!running) {
                return 0;
            }
            int count = receive.take(into);
            refill();
            return count;
        } catch (CorruptRingException e) {
            throw fail(e);
        } finally {
            receiveLock.unlock();
        }
    }

    /** With the lock for receiving held. */
    private void refill() {
        boolean full = receive.refill();
        if (!full && !listener.isHungry()) {
            listener.setHungry(true);
            full = receive.refill();
        }
        if (full) {
            listener.setHungry(false);
        }
        if (receive.ring().publish()) {
            port.send();
        }
        if (receive.isStarved()) {
            starve();
        }
    }

    /** No grant was left. */
    private void starve() {
        if (retry.begin()) {
            port.wake(); // to a shorter sleep
        }
    }

    /** Buffers have come back to the pool. */
    private void feed() {
        receiveLock.lock();
        try {
            if (isUsable()) {
                refill();
            }
        } finally {
            receiveLock.unlock();
        }
    }

    /** Packets that made no sense. */
    long bad() {
        return receive.bad();
    }

    /** Waits for an event; false if the rings are at their end. */
    boolean await(long deadline) throws InterruptedException {
        port.await(WAITER, retry.deadline(deadline));
        return failure == null;
    }

    /** Whether somebody who waited for room, or a grant, is to be told. */
    boolean serviceTransmit() throws IOException {
        transmitLock.lock();
        try {
            checkUsable();
            boolean isTime = running && retry.take();
            if (!wanted || !running || isTime) {
                return isTime;
            }
            do {
                transmit.reclaim();
                if (packets.total() != wantedSince) {
                    wanted = false;
                    return true;
                }
            } while (!transmit.ring().enableEvents());
            return false;
        } catch (CorruptRingException e) {
            throw fail(e);
        } finally {
            transmitLock.unlock();
        }
    }

    /**
     * Lets somebody take what has come.
     *
     * @return whether there may be more already, for which no event comes
     */
    boolean serviceReceive(Runnable received) throws IOException {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            received.run();
            receiveLock.lock();
            try {
                checkUsable();
                if (!running || receive.ring().enableEvents()) {
                    return false;
                }
            } finally {
                receiveLock.unlock();
            }
        }
        return true;
    }

    /** First of all rings: nothing is sent or received any more. May be called twice. */
    void stop() {
        fail(gone);
        transmitLock.lock();
        running = false;
        transmitLock.unlock();
        receiveLock.lock();
        try {
            if (listener != null) {
                pool.unlisten(listener);
            }
        } finally {
            receiveLock.unlock();
        }
        if (!stopped) {
            stopped = true;
            port.close();
        }
    }

    /**
     * Ends the grants of the rings; false if the backend keeps one.
     *
     * @param patiently the backend has not been too slow before
     */
    boolean endRings(boolean patiently) {
        boolean ended = true;
        for (int reference : ringGrants) {
            ended &= reference == 0 || BufferGrants.end(access, reference, patiently && ended);
        }
        return ended;
    }

    /** Last of all: what the backend had is given back; the pool knows which buffers it keeps. */
    void giveBack() {
        transmitLock.lock();
        try {
            packets.end(true);
        } finally {
            transmitLock.unlock();
        }
        NetworkBuffer all;
        receiveLock.lock();
        try {
            all = receive.end();
        } finally {
            receiveLock.unlock();
        }
        for (NetworkBuffer part = all; part != null; ) {
            NetworkBuffer next = part.next();
            NetworkBuffers.giveFrom(this, part);
            part = next;
        }
    }
}
