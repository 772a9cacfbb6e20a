package dev.cortado.drivers.xen.event;

/** One end of an event channel, for those who wait in threads. */
public interface EventPort {
    /** Gives the other side a word. */
    void send();

    /**
     * Waits for a word of the other side. One that came while nobody waited counts, so that it may
     * also be for something past.
     *
     * @param deadline of {@link System#nanoTime}; {@link Long#MAX_VALUE} for none
     * @return false if the deadline came first
     */
    boolean await(long deadline) throws InterruptedException;

    /** Gives the port back; the other side can send no more. */
    void close();
}
