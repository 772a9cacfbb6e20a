package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.connection.PeerPort;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import dev.cortado.drivers.xen.ring.FrontRing;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A ring that a backend has, from one connection to its end. Each caller sends its request and
 * waits for it; a thread {@linkplain #service takes} the answers. Pages are granted to the backend
 * for the time of a request. What is wrong with anything in it ends all of it.
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
    private final long patience;
    private final GrantEnds ends;
    private final BlockMessages messages;
    private final RequestWriter writer;
    private final RingPages pages;
    private final FrontRing ring;
    private final PeerPort port;
    private final BlockSlots slots;
    private final int segments;
    private final ReentrantLock lock = new ReentrantLock();

    // Made beforehand: without memory for them when they are due, pages would not be taken back.
    private final IOException silence;
    private final IOException keeping;
    private final IOException death;
    private final IOException gone;

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
        this.segments = segments;
        this.patience = patience;
        silence = new IOException(name + ": it does not answer");
        keeping = new IOException(name + ": its backend keeps pages of a request");
        death = new IOException(name + ": its driver has died");
        gone = new IOException(name + ": its backend is gone");
        ends = new GrantEnds(access);
        messages = new BlockMessages(access.memory(), handle);
        writer = new RequestWriter(name, access, domain, messages);
        int size = FrontRing.size(PAGE, BlockMessages.ENTRY_BYTES);
        boolean indirect = segments > BlockMessages.MOST_DIRECT;
        pages = new RingPages(writer, ends, frames, indirect ? size : 0);
        try {
            ring =
                    new FrontRing(
                            access.memory(), pages.ringAddress(), PAGE, BlockMessages.ENTRY_BYTES);
            slots = new BlockSlots(lock, size, segments, pages);
            port = access.offerPort(domain);
        } catch (IOException | RuntimeException | Error e) {
            pages.end();
            throw e;
        }
    }

    int ringReference() {
        return pages.ringReference();
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
            if (!waits && slots.isFull()) {
                return null;
            }
            slot = takeSlot();
            write(slot, operation);
            isBegun = true;
            return slot;
        } finally {
            lock.unlock();
            if (slot != null && !isBegun) {
                release(slot);
            }
        }
    }

    /** What goes wrong before the request is in the ring is its caller's alone. */
    private void write(BlockSlot slot, BlockOperation operation) throws IOException {
        int before = ring.requestIndex();
        try {
            writer.write(slot, operation, ring);
            slot.end = System.nanoTime() + patience;
            slot.waiting = true;
            if (ring.publish()) {
                port.send();
            }
        } catch (RuntimeException | Error e) {
            if (ring.requestIndex() == before) {
                throw e;
            }
            slot.waiting = true; // nobody knows what the backend sees of it
            fail(death);
            throw new LostException(new IOException(name + ": " + e, e));
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
        while (slots.isFull()) {
            slots.awaitRoom();
            checkOpen();
        }
        return slots.take();
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
     * written to until then. Others do not wait for that, as the connection fails. Of a request
     * without an answer the backend may not even have heard, but it will as long as it has the
     * ring.
     */
    private void release(BlockSlot slot) {
        try {
            if (slot.waiting) {
                pages.awaitRingEnd();
            }
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
                end(keeping);
                ends.endAtLast(slot.grants[i]);
            }
        }
    }

    private void free(BlockSlot slot) {
        lock.lock();
        try {
            slots.free(slot);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for an event.
     *
     * @param deadline of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @return false if the connection was {@linkplain #close closed}
     * @throws IOException it has failed
     */
    boolean await(long deadline) throws IOException, InterruptedException {
        port.await(WAITER, deadline);
        lock.lock();
        try {
            if (failure != null && failure != gone) {
                throw failure;
            }
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
        BlockSlot slot = slots.find(id);
        if (slot == null) {
            String request = Long.toUnsignedString(id);
            throw new CorruptRingException(
                    "the backend answers request " + request + ", which there is not");
        }
        if (!BlockMessages.isStatus(status)) {
            throw new CorruptRingException("the backend answers with status " + status);
        }
        slot.status = status;
        slot.waiting = false;
        slot.done.signal();
    }

    /** Requests that are under way. */
    int underWay() {
        lock.lock();
        try {
            return slots.taken();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a request may be made: those that come back otherwise are for the next one. */
    boolean isOpen() {
        lock.lock();
        try {
            return failure == null && !held;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing new begins, here: what is under way has to end before the domain is saved. */
    void hold() {
        lock.lock();
        try {
            held = true;
            slots.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param on whether the domain is being saved now: what the backend has is left alone, since
     *     another page may have its reference afterwards
     */
    void freeze(boolean on) {
        ends.hold(on);
    }

    /** The domain was restored: nothing is shared any more. */
    void forget() {
        ends.forget();
    }

    /** Who has taken the answers does so no more: all requests end with an error. */
    void abandon() {
        end(death);
    }

    private void end(IOException why) {
        lock.lock();
        try {
            fail(why);
        } finally {
            lock.unlock();
        }
    }

    /** All requests end with an error. */
    private void fail(IOException why) {
        if (failure == null) {
            failure = why;
            slots.signalAll();
            port.wake();
        }
    }

    /** The backend is gone, or told to go: who waits hears of it. */
    void close() {
        end(gone);
        port.close();
    }

    /**
     * Gives back what was shared by a connection that was closed, as far as the backend has let go
     * of it.
     *
     * @return whether that is all, and nobody waits for a page of a request: if not, ask again
     */
    boolean isReleased() {
        return pages.end() && underWay() == 0;
    }
}
