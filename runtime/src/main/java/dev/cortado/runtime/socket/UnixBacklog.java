package dev.cortado.runtime.socket;

import java.util.ArrayDeque;

/**
 * Who wants to be accepted by a listening socket of AF_UNIX: a queue of connections, and before it
 * those that it had no room for. Guarded by {@link UnixLock}.
 */
final class UnixBacklog {
    private static final int LARGEST = 4096;

    /** The listener's ends of connections that nobody has accepted. */
    private final ArrayDeque<UnixEndpoint> queue = new ArrayDeque<>();

    /** Who found the queue full and does not wait, in the order in which they come in. */
    private final ArrayDeque<UnixEndpoint> connecting = new ArrayDeque<>();

    private int limit;

    /** Linux has room for one more than listen(2) says. */
    void setLimit(int wanted) {
        limit = Math.clamp(wanted, 0, LARGEST - 1) + 1;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    boolean isFull() {
        return queue.size() >= limit;
    }

    void add(UnixEndpoint accepted) {
        queue.add(accepted);
    }

    /** The next one to be accepted; null if there is none. */
    UnixEndpoint poll() {
        return queue.poll();
    }

    /** Connects later, when there is room. */
    void addConnecting(UnixEndpoint client) {
        connecting.add(client);
    }

    /** It does not want to connect any more. */
    void removeConnecting(UnixEndpoint client) {
        connecting.remove(client);
    }

    /** Takes the next one that has not come in; null if there is none. */
    UnixEndpoint pollConnecting() {
        return connecting.poll();
    }
}
