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

    /** Those further apart in nanoseconds cost nothing, and are no run. */
    static final long LONGEST_GAP = TimeUnit.MILLISECONDS.toNanos(100);

    private int count;
    private long last;

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
        if (now - last > LONGEST_GAP) {
            count = 0;
        }
        last = now;
        count++;
        return count >= LIMIT;
    }

    /** What interrupts from now on has nothing to do with what did before. */
    void clear() {
        count = 0;
    }
}
