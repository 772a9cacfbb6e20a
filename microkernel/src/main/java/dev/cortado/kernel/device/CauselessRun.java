package dev.cortado.kernel.device;

import java.util.concurrent.TimeUnit;

/**
 * Tells an interrupt that is raised for ever from one that comes often: after each, those who serve
 * it say whether their device had done anything. One that had begins the count anew, so a device
 * under load never comes near the limit, however often it interrupts for what was found before. Not
 * synchronised.
 */
final class CauselessRun {
    /** More in a row than a device has that does its work. */
    static final int LIMIT = 10_000;

    /**
     * Nanoseconds: those that take longer to become so many cost next to nothing. Whole runs are
     * measured, and not gaps, which a host makes that has no time for us.
     */
    static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

    private int count;
    private long first;

    /**
     * An interrupt has been served.
     *
     * @param found whether a device had done anything
     * @param now nanoseconds
     * @return whether it is one too many
     */
    boolean add(boolean found, long now) {
        if (found) {
            count = 0;
            return false;
        }
        if (count == 0 || now - first > LONGEST) {
            count = 0;
            first = now;
        }
        count++;
        return count >= LIMIT;
    }

    /** What interrupts from now on has nothing to do with what did before. */
    void clear() {
        count = 0;
    }
}
