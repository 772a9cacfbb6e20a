package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.random.SipHash;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * How many errors are sent (RFC 1812, 4.3.2.8; RFC 4443, 2.4, (f)): a token bucket for all, and one
 * for each few destinations, so that one of them neither uses up the others' nor learns from the
 * common one how many they got.
 */
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;
    private static final int SLOTS = 256;

    private final int burst;
    private final int perSecond;
    private final int slotBurst;
    private final int slotPerSecond;
    private final SipHash hash;

    private final ReentrantLock lock = new ReentrantLock();

    /** Tokens in billionths, and when they were counted; the last slot is the common one. */
    private final long[] tokens = new long[SLOTS + 1];

    private final long[] times = new long[SLOTS + 1];
    private final boolean[] isUsed = new boolean[SLOTS + 1];

    /**
     * @param burst errors at once
     * @param perSecond errors a second, to all
     */
    RateLimit(int burst, int perSecond, int slotBurst, int slotPerSecond, RandomGenerator random) {
        this.burst = burst;
        this.perSecond = perSecond;
        this.slotBurst = slotBurst;
        this.slotPerSecond = slotPerSecond;
        hash = new SipHash(random.nextLong(), random.nextLong());
    }

    /** Whether one more may be sent there; then it counts. */
    boolean allows(long high, long low, long now) {
        int slot = (int) hash.hash(high, low, 0) & SLOTS - 1;
        lock.lock();
        try {
            fill(slot, slotBurst, slotPerSecond, now);
            fill(SLOTS, burst, perSecond, now);
            if (tokens[slot] < SECOND || tokens[SLOTS] < SECOND) {
                return false;
            }
            tokens[slot] -= SECOND;
            tokens[SLOTS] -= SECOND;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void fill(int slot, int most, int rate, long now) {
        long full = most * SECOND;
        long passed = Math.min(now - times[slot], full / rate + 1);
        tokens[slot] =
                isUsed[slot] ? Math.min(full, tokens[slot] + Math.max(0, passed) * rate) : full;
        isUsed[slot] = true;
        times[slot] = now;
    }
}
