package dev.cortado.runtime.net.group;

/**
 * How old the queriers are that were heard of late (RFC 3376, 7.2.1; RFC 3810, 8.2.1). An age is
 * the number of versions that a querier is behind: IGMPv2 has 1, IGMPv1 2, MLDv1 1.
 */
final class QuerierAge {
    static final int MODERN = 0;
    static final int OLDEST = 2;

    /** Until when there is one of each age. */
    private final long[] until = new long[OLDEST + 1];

    private final boolean[] isHeard = new boolean[OLDEST + 1];

    /**
     * @param present nanoseconds for which one that was heard counts as there
     */
    void heard(int age, long present, long now) {
        if (age != MODERN) {
            isHeard[age] = true;
            until[age] = now + present;
        }
    }

    /** The oldest one's. */
    int oldest(long now) {
        for (int age = OLDEST; age > MODERN; age--) {
            isHeard[age] &= until[age] - now > 0;
            if (isHeard[age]) {
                return age;
            }
        }
        return MODERN;
    }
}
