package dev.cortado.drivers.xen.store;

import dev.cortado.drivers.xen.event.EventPort;
import dev.cortado.drivers.xen.ring.CorruptRingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Keeps a link to xenstored: receives in a thread of its own, and makes a new link after the domain
 * was restored, or when the ring is broken and xenstored can connect again. Requests that have no
 * reply are sent once more then, those of transactions fail with EAGAIN, and watches are set again.
 */
final class LinkKeeper {
    private enum State {
        OPEN,

        /** Nothing is sent any more, what was sent is answered yet. */
        SUSPENDING,

        /** The rings are not touched: they may be new ones at any moment. */
        SUSPENDED,
        RECONNECTING,
        LOST
    }

    static final long RECONNECTION_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Fair: who floods the ring with events must not keep it from the threads that ask. */
    final ReentrantLock lock = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();
    private final Thread receiver = new Thread(this::receive, "xenstore");
    private final WatchTable watches;
    private final Consumer<String> log;
    private State state = State.OPEN;
    private StoreLink link;
    private long reconnectionDeadline;

    /** Counts the links. */
    private int life;

    /** Why the link is lost. */
    private String reason;

    LinkKeeper(StorePage page, EventPort port, WatchTable watches, Consumer<String> log) {
        link = new StoreLink(page, port, watches);
        this.watches = watches;
        this.log = log;
        receiver.setDaemon(true);
    }

    void start() {
        receiver.start();
    }

    int life() {
        return life;
    }

    StoreLink link() {
        return link;
    }

    /**
     * Waits until requests can be sent, with the lock held.
     *
     * @return false if it does not come to that in time
     * @throws StoreException if it will never
     */
    boolean awaitOpen(Request request, long deadline) throws StoreException, InterruptedException {
        while (state != State.OPEN) {
            if (state == State.LOST) {
                throw request.failure(StoreException.EIO, reason);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            changed.awaitNanos(left);
        }
        return true;
    }

    /** Sends and receives what can be now. */
    boolean move() {
        boolean moved = false;
        if (state == State.OPEN || state == State.SUSPENDING) {
            try {
                moved = link.move();
            } catch (CorruptRingException e) {
                fail(e.getMessage());
                return true;
            }
        }
        if (moved && state == State.SUSPENDING) {
            changed.signalAll();
        }
        return moved;
    }

    /** The ring cannot be trusted: asks for a new connection, or gives up. */
    private void fail(String why) {
        log.accept("xenstore: connection lost: " + why);
        if (!link.page().canReconnect()) {
            lose(why);
            return;
        }
        reason = why;
        state = State.RECONNECTING;
        reconnectionDeadline = System.nanoTime() + RECONNECTION_NANOS;
        link.page().requestReconnection();
        link.port().send();
        receiver.interrupt();
    }

    private void reconnect() {
        if (link.page().isConnected()) {
            begin(link.page(), link.port());
        } else if (reconnectionDeadline - System.nanoTime() <= 0) {
            lose(reason + "; xenstored does not connect again");
        }
    }

    private void lose(String why) {
        reason = why;
        state = State.LOST;
        for (Request request : link.takeAll()) {
            request.fail(StoreException.EIO, why);
        }
        watches.lose(why);
        changed.signalAll();
        receiver.interrupt();
    }

    private void begin(StorePage page, EventPort port) {
        List<Request> unanswered = link.takeAll();
        link = new StoreLink(page, port, watches);
        life++;
        for (Request request : watches.registrations()) {
            link.add(request);
        }
        for (Request request : unanswered) {
            if (request.transaction == 0) {
                link.add(request);
            } else {
                request.fail(StoreException.EAGAIN, "the connection is a new one");
            }
        }
        open();
    }

    private void open() {
        state = State.OPEN;
        changed.signalAll();
        move();
        receiver.interrupt();
    }

    /** Lets no request begin, and waits for those on their way, but no longer than that. */
    void suspend(Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            if (state == State.OPEN) {
                state = State.SUSPENDING;
                while (state == State.SUSPENDING && !link.isIdle() && left > 0) {
                    left = changed.awaitNanos(left);
                }
                if (state == State.SUSPENDING) {
                    state = State.SUSPENDED;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void resume(StorePage page, EventPort port) {
        lock.lock();
        try {
            if (state != State.LOST) {
                begin(page, port);
            }
        } finally {
            lock.unlock();
        }
    }

    void cancelSuspend() {
        lock.lock();
        try {
            if (state == State.SUSPENDED) {
                open();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            if (state != State.LOST) {
                lose("closed");
            }
        } finally {
            lock.unlock();
        }
    }

    private void receive() {
        while (true) {
            EventPort port;
            long deadline = Long.MAX_VALUE;
            lock.lock();
            try {
                if (move()) {
                    continue; // more may have come, but others want the lock, too
                }
                if (state == State.RECONNECTING) {
                    reconnect();
                    deadline = reconnectionDeadline;
                }
                if (state == State.LOST) {
                    return;
                }
                port = link.port();
            } finally {
                lock.unlock();
            }
            try {
                port.await(deadline);
            } catch (InterruptedException e) {
                // There is something else to be waited for now.
            }
        }
    }
}
