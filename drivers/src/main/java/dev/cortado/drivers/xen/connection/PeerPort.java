package dev.cortado.drivers.xen.connection;

/** One end of an event channel, for several threads of which each waits for something else. */
public interface PeerPort {
    /** What the other side binds to, if this end was offered to it. */
    int number();

    /** Gives the other side a word. */
    void send();

    /**
     * Waits for a word. One that came while this waiter did not wait counts, so that it may also be
     * for something past.
     *
     * @param waiter a bit
     * @param deadline of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @return false if the deadline came first
     */
    boolean await(long waiter, long deadline) throws InterruptedException;

    /** Gives all waiters of this side a word. */
    void wake();

    /** Gives the port back. */
    void close();
}
