package dev.cortado.runtime.net.time;

/**
 * Something that is to happen at a time. Made once by its owner, then set and cancelled as often as
 * he likes, without allocation.
 *
 * <p>Its owner is told outside of all locks of {@link TimerQueue}: when he holds his own lock then,
 * he may find that he has cancelled or set it in the meantime, and asks {@link #isSet}: a timer
 * that has expired is not set.
 */
public abstract class Timer {
    /** Place in its queue's heap, -1 if it is in none; the queue's. */
    int place = -1;

    /** Where in time its place in the heap is; not behind the deadline. The queue's. */
    long placed;

    /** The queue's; written under its lock. */
    volatile long deadline;

    volatile boolean set;

    /** Its time has come. */
    protected abstract void expired(long now);

    /** Whether it has a deadline that has not come. */
    public final boolean isSet() {
        return set;
    }

    /** Nanoseconds; of a timer that is set. */
    public final long deadline() {
        return deadline;
    }
}
