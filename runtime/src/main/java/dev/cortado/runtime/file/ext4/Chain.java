package dev.cortado.runtime.file.ext4;

/**
 * Finds out whether numbers that lead from one to the next go round in a circle, however long it
 * is: each is compared with one that was met before, which is moved up ever more rarely (Brent).
 */
final class Chain {
    private long met;
    private long steps;
    private long limit = 1;

    /**
     * @param start where the chain begins
     */
    Chain(long start) {
        met = start;
    }

    /** False if the chain has come back to where it was before. */
    boolean advance(long number) {
        if (number == met) {
            return false;
        }
        steps++;
        if (steps == limit) {
            met = number;
            steps = 0;
            limit *= 2;
        }
        return true;
    }
}
