package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.time.Timer;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A connection's lock, and what is done whenever it is given back: the timer is set, and the
 * listener is told, which may call anything.
 */
abstract class LockedConnection extends TableEntry {
    final ReentrantLock lock = new ReentrantLock();
    private final TimerQueue timers;
    private final Timer timer =
            new Timer() {
                @Override
                protected void expired(long now) {
                    lock.lock();
                    try {
                        timerExpired(now);
                    } finally {
                        leave(now);
                    }
                }
            };
    private volatile ConnectionListener listener = ConnectionListener.NONE;

    LockedConnection(TableEntry addresses, TimerQueue timers) {
        super(addresses);
        this.timers = timers;
    }

    /** Whom to tell from now on; who sets one asks for the state after that. */
    public final void setListener(ConnectionListener newListener) {
        listener = newListener;
    }

    /** The timer has expired; the lock is held. */
    abstract void timerExpired(long now);

    /** Does what is due at the end of everything, and says when the timer is. */
    abstract long settle(long now);

    /** What the listener is to be told. */
    abstract int takeEvents();

    /** The connection that the listener is told of. */
    abstract TcpConnection self();

    /** Gives the lock back, at the end of everything. */
    final void leave(long now) {
        int events;
        try {
            long deadline = settle(now);
            if (deadline == TransmissionControlBlock.NEVER) {
                timers.cancel(timer);
            } else if (!timer.isSet() || timer.deadline() - deadline > 0) {
                // A timer that is set to an earlier time finds the later one when it expires.
                timers.set(timer, deadline);
            }
            events = takeEvents();
        } finally {
            lock.unlock();
        }
        if (events != 0) {
            listener.changed(self(), events);
        }
    }

    final <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
