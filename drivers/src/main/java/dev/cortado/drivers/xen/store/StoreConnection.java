package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.event.EventPort;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks xenstored for many threads at once; each waits for its reply, but not for ever. */
final class StoreConnection {
    private final WatchTable watches = new WatchTable(this);
    private final LinkKeeper keeper;
    private final long timeoutNanos;

    /**
     * @param timeout how long a request may take
     * @param log hears of a connection that is lost
     */
    StoreConnection(StorePage page, EventPort port, Duration timeout, Consumer<String> log) {
        keeper = new LinkKeeper(page, port, watches, log);
        timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
        keeper.start();
    }

    WatchTable watches() {
        return watches;
    }

    LinkKeeper keeper() {
        return keeper;
    }

    /** The number of the link that a transaction begins with. */
    int life() {
        keeper.lock.lock();
        try {
            return keeper.life();
        } finally {
            keeper.lock.unlock();
        }
    }

    byte[] exchange(MessageType type, String path, byte[] payload)
            throws StoreException, InterruptedIOException {
        return exchange(type, path, payload, 0, Request.ANY_LIFE);
    }

    /**
     * Asks and waits for the reply.
     *
     * @param path what to tell people that it was about
     */
    byte[] exchange(MessageType type, String path, byte[] payload, int transaction, int life)
            throws StoreException, InterruptedIOException {
        Request request =
                new Request(type, path, payload, transaction, life, keeper.lock.newCondition());
        if (payload.length > WireMessage.MAXIMUM_PAYLOAD) {
            throw request.failure(StoreException.E2BIG, payload.length + " bytes");
        }
        long deadline = System.nanoTime() + timeoutNanos;
        keeper.lock.lock();
        try {
            if (!keeper.awaitOpen(request, deadline)) {
                throw request.timeout("the connection is suspended");
            }
            if (life != Request.ANY_LIFE && life != keeper.life()) {
                throw request.failure(StoreException.EAGAIN, "the connection is a new one");
            }
            keeper.link().add(request);
            keeper.move();
            awaitReply(request, deadline);
            return request.result();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("xenstore: " + type + ' ' + path + ": interrupted");
        } finally {
            keeper.link().forget(request);
            keeper.lock.unlock();
        }
    }

    private void awaitReply(Request request, long deadline)
            throws StoreException, InterruptedException {
        while (!request.isDone()) {
            long left = deadline - System.nanoTime();
            if (left > 0) {
                request.answered.awaitNanos(left);
                continue;
            }
            keeper.move(); // in case that it was only the event that was lost
            if (!request.isDone()) {
                throw request.timeout("no reply from xenstored");
            }
        }
    }
}
