package dev.cortado.runtime.file.open;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the threads that are inside something, so that it is given up when it was closed and the
 * last of them has left: by that one, or by the closing thread if there was none.
 */
final class UseCount {
    private static final int CLOSED = 1 << 31;

    private final AtomicInteger state = new AtomicInteger();

    /** Goes in; false if it is closed. */
    boolean enter() {
        int old = state.get();
        while (old >= 0) {
            if (state.compareAndSet(old, old + 1)) {
                return true;
            }
            old = state.get();
        }
        return false;
    }

    /**
     * Leaves.
     *
     * @return whether the caller is the one who gives it up
     */
    boolean leave() {
        return state.decrementAndGet() == CLOSED;
    }

    boolean isClosed() {
        return state.get() < 0;
    }

    /**
     * Lets nobody in any more.
     *
     * @return whether the caller is the one who gives it up
     */
    boolean close() {
        return state.getAndUpdate(old -> old | CLOSED) == 0;
    }
}
