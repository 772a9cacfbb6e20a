package dev.cortado.runtime.net.ip;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.wire.Ipv6Header;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What routers said about how long packets to some destinations may be (RFC 1191, RFC 8201). A
 * table of a fixed size, where a newer destination takes the place of an older one; what is in
 * there counts for ten minutes (RFC 1191, 6.3).
 */
final class PathMtuCache {
    /** Nobody believes less of IPv4: an attacker would have us send crumbs. As Linux. */
    static final int MINIMUM_IPV4 = 552;

    static final long LIFETIME = 600_000_000_000L;

    private static final int SLOTS = 256;

    /** Common MTUs (RFC 1191, 7.1), for routers that do not say theirs. */
    private static final int[] PLATEAUS = {
        32000, 17914, 8166, 4352, 2002, 1492, 1006, MINIMUM_IPV4
    };

    private final SipHash hash;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] highs = new long[SLOTS];
    private final long[] lows = new long[SLOTS];
    private final int[] mtus = new int[SLOTS];
    private final long[] times = new long[SLOTS];

    /** So that who has heard of nothing looks up nothing. */
    private volatile boolean isEmpty = true;

    PathMtuCache(SipHash hash) {
        this.hash = hash;
    }

    /** What is known, or the link's if that is less or nothing is known. */
    int get(long high, long low, int linkMtu, long now) {
        if (isEmpty) {
            return linkMtu;
        }
        lock.lock();
        try {
            int slot = slot(high, low);
            boolean isKnown =
                    mtus[slot] != 0
                            && highs[slot] == high
                            && lows[slot] == low
                            && now - times[slot] < LIFETIME;
            return isKnown ? Math.min(mtus[slot], linkMtu) : linkMtu;
        } finally {
            lock.unlock();
        }
    }

    /**
     * A router says that a packet was too long.
     *
     * @param mtu what it says; 0 of those that do not say
     * @param packetLength of the packet that was
     * @param current what we have believed so far
     * @return the MTU from now on, or 0 if the message says nothing new
     */
    int lower(long high, long low, int mtu, int packetLength, int current, long now) {
        boolean isIpv4 = Ipv6.isMapped(high, low);
        int said = mtu == 0 && isIpv4 ? plateau(packetLength) : mtu;
        int bounded = Math.max(said, isIpv4 ? MINIMUM_IPV4 : Ipv6Header.MINIMUM_MTU);
        if (bounded >= current) {
            return 0;
        }
        lock.lock();
        try {
            int slot = slot(high, low);
            highs[slot] = high;
            lows[slot] = low;
            mtus[slot] = bounded;
            times[slot] = now;
            isEmpty = false;
        } finally {
            lock.unlock();
        }
        return bounded;
    }

    private static int plateau(int length) {
        for (int plateau : PLATEAUS) {
            if (plateau < length) {
                return plateau;
            }
        }
        return MINIMUM_IPV4;
    }

    private int slot(long high, long low) {
        return (int) hash.hash(high, low, 0) & SLOTS - 1;
    }
}
