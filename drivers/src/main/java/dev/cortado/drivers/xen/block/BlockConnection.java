package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.FrontRing;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A ring that a backend has, from one connection to its end. Each caller sends its request and
 * waits for it; a thread {@linkplain #serve takes} the answers. Pages are granted to the backend
 * for the time of a request.
 */
final class BlockConnection {
    private static final int PAGE = BackendAccess.PAGE_BYTES;
    private static final long WAITER = 1;

    /** The request was not answered, and never will be: it may have been done. */
    static final class LostException extends IOException {
        private static final long serialVersionUID = 1;

        LostException(IOException why) {
            super(why.getMessage(), why);
        }
    }

    private final String name;
    private final BackendAccess access;
    private final long patience;
    private final DeviceFrames frames;
    private final GrantEnds ends;
    private final BlockMessages messages;
    private final RequestWriter writer;
    private final int ringGrant;
    private final FrontRing ring;
    private final PeerPort port;
    private final BlockSlot[] slots;
    private final int segments;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // Made beforehand: without memory for them when they are due, pages would not be taken back.
    private final IOException silence;
    private final IOException keeping;
    private final IOException gone;

    private int taken;
    private long lastId;
    private IOException failure;

    /** The domain is about to be suspended: nothing new begins. */
    private boolean held;

    /**
     * @param segments pages of a request; more than 11 need a backend that knows indirect ones
     * @param patience nanoseconds that the backend has for a request
     * @param frames of the ring and of segments' pages; this closes them, also if it fails
     */
    BlockConnection(
            String name,
            BackendAccess access,
            int domain,
            int handle,
            int segments,
            long patience,
            DeviceFrames frames)
            throws IOException {
        this.name = name;
        this.access = access;
        this.segments = segments;
        this.patience = patience;
        this.frames = frames;
        silence = new IOException(name + ": it does not answer");
        keeping = new IOException(name + ": its backend keeps pages of a request");
        gone = new IOException(name + ": its backend is gone");
        ends = new GrantEnds(access);
        messages = new BlockMessages(access.memory(), handle);
        writer = new RequestWriter(name, access, domain, messages);
        try {
            DeviceBlock ringPage = frames.allocate(PAGE, BuddyAllocator.NO_LIMIT);
            ring =
                    new FrontRing(
                            access.memory(), ringPage.address(), PAGE, BlockMessages.ENTRY_BYTES);
            slots = new BlockSlot[ring.size()];
            boolean indirect = segments > BlockMessages.MOST_DIRECT;
            DeviceBlock pages =
                    indirect
                            ? frames.allocate((long) PAGE * slots.length, BuddyAllocator.NO_LIMIT)
                            : null;
            ringGrant = writer.grant(ringPage.device(), false);
            for (int i = 0; i < slots.length; i++) {
                int page = indirect ? writer.grant(pages.device() + (long) i * PAGE, true) : 0;
                long address = indirect ? pages.address() + (long) i * PAGE : 0;
                slots[i] = new BlockSlot(lock.newCondition(), segments, page, address);
            }
            port = access.offerPort(domain);
        } catch (IOException | RuntimeException | Error e) {
            endShared();
            throw e;
        }
    }

    int ringReference() {
        return ringGrant;
    }

    int portNumber() {
        return port.number();
    }

    /** Bytes of a request at most, wherever its buffer begins. */
    int mostBytes() {
        return (segments - 1) * PAGE;
    }

    /**
     * Makes a request, and waits for its end.
     *
     * @return the status
     * @throws LostException the connection ended
     */
    int request(BlockOperation operation) throws IOException {
        return await(begin(operation, true));
    }

    /**
     * Makes a request, for whose end one {@linkplain #await(BlockSlot) waits} later.
     *
     * @param waits for room, if there is none: who has requests under way must not, lest all wait
     *     for each other
     * @return null if there is no room
     * @throws LostException the connection ended
     */
    BlockSlot begin(BlockOperation operation, boolean waits) throws IOException {
        BlockSlot slot = null;
        boolean isBegun = false;
        lock.lock();
        try {
            checkOpen();
            if (!waits && taken == slots.length) {
                return null;
            }
            slot = takeSlot();
            writer.write(slot, operation, ring);
            slot.end = System.nanoTime() + patience;
            slot.waiting = true;
            isBegun = true;
            if (ring.publish()) {
                port.send();
            }
            return slot;
        } finally {
            lock.unlock();
            if (slot != null && !isBegun) {
                release(slot);
            }
        }
    }

    /** Waits for the end of a request that was begun; as {@link #request}. */
    int await(BlockSlot slot) throws IOException {
        lock.lock();
        try {
            awaitAnswer(slot);
            return slot.status;
        } finally {
            lock.unlock();
            release(slot);
        }
    }

    private BlockSlot takeSlot() throws IOException {
        checkOpen();
        while (taken == slots.length) {
            room.awaitUninterruptibly();
            checkOpen();
        }
        for (int i = 0; ; i++) {
            if (!slots[i].taken) {
                slots[i].taken = true;
                slots[i].waiting = false;
                taken++;
                // A number that is used once: a late answer is not another request's.
                slots[i].id = lastId++ * slots.length + i;
                slots[i].granted = 0;
                return slots[i];
            }
        }
    }

    private void checkOpen() throws IOException {
        checkUsable();
        if (held) {
            throw new LostException(new IOException(name + ": the domain is about to be saved"));
        }
    }

    private void checkUsable() throws IOException {
        if (failure != null) {
            throw new LostException(failure);
        }
    }

    private void awaitAnswer(BlockSlot slot) throws IOException {
        boolean interrupted = false;
        while (slot.waiting && failure == null) {
            try {
                slot.done.awaitNanos(slot.end - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true; // afterwards
            }
            if (slot.end - System.nanoTime() <= 0 && slot.waiting && failure == null) {
                fail(silence);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (slot.waiting) {
            checkUsable();
        }
    }

    /**
     * The buffer is the caller's again when the backend has let go of it, however late: it may be
     * written to until then. Others do not wait for that, as the connection fails.
     */
    private void release(BlockSlot slot) {
        try {
            endGrants(slot);
        } finally {
            free(slot);
        }
    }

    private void endGrants(BlockSlot slot) {
        boolean prompt = true;
        for (int i = 0; i < slot.granted; i++) {
            if (!ends.end(slot.grants[i], prompt)) {
                prompt = false;
                lock.lock();
                try {
                    fail(keeping);
                } finally {
                    lock.unlock();
                }
                ends.endAtLast(slot.grants[i]);
            }
        }
    }

    private void free(BlockSlot slot) {
        lock.lock();
        try {
            slot.taken = false;
            taken--;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes answers until the connection is at its end, or the thread is interrupted. */
    void serve() {
        try {
            do {
                service();
            } while (await(Long.MAX_VALUE));
        } catch (InterruptedException e) {
            // Nobody but a test does that.
        }
    }

    /** Waits for an event; false if the connection is at its end. */
    private boolean await(long deadline) throws InterruptedException {
        port.await(WAITER, deadline);
        lock.lock();
        try {
            return failure == null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the answers that there are. By one thread. */
    void service() {
        lock.lock();
        try {
            if (failure != null) {
                return; // the ring's memory may be somebody else's
            }
            do {
                for (int left = ring.available(); left > 0; left--) {
                    long entry = ring.nextResponse();
                    finish(messages.id(entry), messages.status(entry));
                }
            } while (!ring.enableEvents());
        } catch (CorruptRingException e) {
            fail(new IOException(name + ": " + e.getMessage(), e));
        } finally {
            lock.unlock();
        }
    }

    private void finish(long id, int status) throws CorruptRingException {
        int index = (int) Long.remainderUnsigned(id, slots.length);
        BlockSlot slot = slots[index];
        if (!slot.waiting || slot.id != id) {
            throw new CorruptRingException(
                    "the backend answers request "
                            + Long.toUnsignedString(id)
                            + ", which there is not");
        }
        slot.status = status;
        slot.waiting = false;
        slot.done.signal();
    }

    /** Requests that are under way. */
    int underWay() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param on whether nothing new begins, and pages that are kept are left alone
     */
    void hold(boolean on) {
        lock.lock();
        try {
            held = on;
            ends.hold(on);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The domain was restored: nothing is shared any more. */
    void forget() {
        ends.forget();
    }

    /** All requests end with an error. */
    private void fail(IOException why) {
        if (failure == null) {
            failure = why;
            for (BlockSlot slot : slots) {
                slot.done.signal();
            }
            room.signalAll();
            port.wake();
        }
    }

    /**
     * The backend is gone, or told to go: who waits hears of it, and what was shared is given back.
     *
     * @param restored the domain was restored, and nothing is shared any more
     * @return false if the backend still has the ring, whose frames are lost then
     */
    boolean close(boolean restored) {
        lock.lock();
        try {
            if (restored) {
                forget();
            }
            fail(gone);
        } finally {
            lock.unlock();
        }
        port.close();
        return endShared();
    }

    private boolean endShared() {
        boolean ended = ringGrant == 0 || ends.end(ringGrant, true);
        for (BlockSlot slot : slots == null ? new BlockSlot[0] : slots) {
            ended &= slot == null || slot.page == 0 || ends.end(slot.page, ended);
        }
        if (ended) {
            frames.close();
        }
        return ended;
    }
}
