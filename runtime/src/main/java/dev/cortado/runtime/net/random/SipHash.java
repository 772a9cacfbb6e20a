package dev.cortado.runtime.net.random;

/**
 * SipHash-2-4 (Aumasson, Bernstein 2012): a hash of a few words under a key, for what others must
 * not predict: initial sequence numbers (RFC 6528), ports (RFC 6056), interface identifiers (RFC
 * 7217), places in tables. Words are taken as eight bytes each, the lowest first.
 */
public final class SipHash {
    private final long key0;
    private final long key1;

    public SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    public long hash(long a) {
        return hash(1, a, 0, 0, 0, 0);
    }

    public long hash(long a, long b, long c) {
        return hash(3, a, b, c, 0, 0);
    }

    public long hash(long a, long b, long c, long d, long e) {
        return hash(5, a, b, c, d, e);
    }

    private long hash(int words, long a, long b, long c, long d, long e) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        // One word more: the length; then four empty rounds.
        for (int i = 0; i <= words + 1; i++) {
            boolean isLast = i == words + 1;
            long word = i == words ? (long) words * 8 << 56 : pick(i, a, b, c, d, e);
            if (isLast) {
                v2 ^= 0xff;
            } else {
                v3 ^= word;
            }
            for (int round = 0; round < (isLast ? 4 : 2); round++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            if (!isLast) {
                v0 ^= word;
            }
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long pick(int i, long a, long b, long c, long d, long e) {
        return switch (i) {
            case 0 -> a;
            case 1 -> b;
            case 2 -> c;
            case 3 -> d;
            default -> e;
        };
    }
}
