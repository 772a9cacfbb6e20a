package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.random.SipHash;

/**
 * SYN cookies (RFC 4987, 3.6; Bernstein 1996): a first sequence number that says what a half-open
 * connection would have remembered, and that only we could have made. Its upper 5 bits count
 * minutes, the next 3 choose an MSS, 24 are a hash of those, of the other side's first sequence
 * number, addresses and ports. Options other than MSS have no place in it, and are not used.
 */
final class SynCookies {
    /** Largest first; the smallest is what counts without an option. */
    private static final int[] SEGMENT_BYTES = {8960, 4312, 1460, 1440, 1400, 1220, 1024, 536};

    private static final long MINUTE = 60_000_000_000L;
    private static final int HASH_MASK = 0xff_ffff;

    /** How many minutes old a cookie may be. */
    private static final int LIFE = 2;

    static final int NONE = -1;

    private final SipHash hash;

    SynCookies(SipHash hash) {
        this.hash = hash;
    }

    int make(TableEntry entry, int initialReceive, int peerSegmentBytes, long now) {
        int choice = 0;
        while (choice < SEGMENT_BYTES.length - 1 && SEGMENT_BYTES[choice] > peerSegmentBytes) {
            choice++;
        }
        int top = ((int) minute(now) & 31) << 3 | choice;
        return top << 24 | code(entry, initialReceive, minute(now), choice);
    }

    /** The MSS in a cookie, {@link #NONE} if it is none of ours, or too old. */
    int check(TableEntry entry, int initialReceive, int cookie, long now) {
        int choice = cookie >>> 24 & 7;
        for (int age = 0; age <= LIFE; age++) {
            long minute = minute(now) - age;
            if (((int) minute & 31) == cookie >>> 27
                    && code(entry, initialReceive, minute, choice) == (cookie & HASH_MASK)) {
                return SEGMENT_BYTES[choice];
            }
        }
        return NONE;
    }

    private static long minute(long now) {
        return Math.floorDiv(now, MINUTE);
    }

    private int code(TableEntry entry, int initialReceive, long minute, int choice) {
        long remote = hash.hash(entry.remoteHigh, entry.remoteLow, minute << 3 | choice);
        long ports = (long) entry.localPort << 16 | entry.remotePort;
        long local = entry.localHigh ^ Long.rotateLeft(entry.localLow, 1);
        return (int) hash.hash(remote, local, (long) initialReceive << 32 | ports) & HASH_MASK;
    }
}
