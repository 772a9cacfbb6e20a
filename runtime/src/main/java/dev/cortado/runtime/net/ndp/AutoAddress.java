package dev.cortado.runtime.net.ndp;

import dev.cortado.runtime.net.time.Timer;

/**
 * An address on its way through its life (RFC 4862, 2 and 5.5). Its configuration's, under its
 * lock.
 */
final class AutoAddress extends Timer {
    /** Later than any lifetime ends. */
    static final long FOR_EVER = Long.MAX_VALUE;

    final Autoconfiguration owner;
    final long high;
    final int prefixLength;

    /** Whether the lower half is made here, so that another one can be. */
    final boolean isGenerated;

    /** Who has given it to us, and is told if somebody else has it; null if nobody has. */
    final Autoconfiguration.ConflictListener giver;

    long low;

    /** How many identifiers somebody else had. */
    int conflicts;

    boolean isTentative = true;
    boolean isGone;

    /** When it is over, in nanoseconds of the clock, or {@link #FOR_EVER}. */
    long preferredUntil = FOR_EVER;

    long validUntil = FOR_EVER;

    AutoAddress(
            Autoconfiguration owner,
            long high,
            long low,
            int prefixLength,
            boolean isGenerated,
            Autoconfiguration.ConflictListener giver) {
        this.owner = owner;
        this.high = high;
        this.low = low;
        this.prefixLength = prefixLength;
        this.isGenerated = isGenerated;
        this.giver = giver;
    }

    boolean is(long otherHigh, long otherLow) {
        return high == otherHigh && low == otherLow;
    }

    /**
     * @param preferred seconds from now, or {@link RouterList#INFINITE}
     * @param valid as {@code preferred}
     */
    void setLifetimes(long preferred, long valid, long now) {
        preferredUntil = until(preferred, now);
        validUntil = until(valid, now);
    }

    static long until(long seconds, long now) {
        return seconds == RouterList.INFINITE ? FOR_EVER : now + seconds * Autoconfiguration.SECOND;
    }

    static boolean isOver(long until, long now) {
        return until != FOR_EVER && until - now <= 0;
    }

    /** Whether the network of its prefix is on the link; of others a router says so, or not. */
    boolean hasNetwork() {
        return !isGenerated && giver == null;
    }

    @Override
    protected void expired(long now) {
        owner.expired(this, now);
    }
}
