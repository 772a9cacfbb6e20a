package dev.cortado.runtime.random;

import java.util.Arrays;

/**
 * Turns unpredictable numbers of any quality into random bytes: a ChaCha20 generator (RFC 8439,
 * 2.3) whose key is replaced after each use, so that a look into memory does not tell what it gave
 * out before, and into whose key each number is mixed. Safe for use by several threads.
 */
public final class RandomPool {
    /** Where unpredictable numbers come from. */
    public interface Source {
        /** The next one. Some of its bits may be predictable. */
        long next();

        /** How many of them hold 256 unpredictable bits, by a careful estimate. */
        int numbersPerSeed();
    }

    private static final int KEY_INTS = 8;
    private static final int BLOCK_INTS = 16;
    private static final int ROUNDS = 20;

    /** "expand 32-byte k". */
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private final Source source;
    private final int[] key = new int[KEY_INTS];
    private final int[] block = new int[BLOCK_INTS];
    private boolean seeded;

    public RandomPool(Source source) {
        this.source = source;
    }

    /** Mixes more into the pool. Bytes that others know do no harm. */
    public synchronized void add(byte[] bytes) {
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long number = 0;
            for (int j = i; j < Math.min(i + Long.BYTES, bytes.length); j++) {
                number = number << 8 | bytes[j] & 0xff;
            }
            mix(number);
        }
    }

    /** Fills the array. */
    public synchronized void next(byte[] bytes) {
        int fresh = source.numbersPerSeed();
        if (seeded) {
            // The first seed is what counts; later ones make up for a key that leaked.
            fresh = Math.min(fresh, 4);
        }
        for (int i = 0; i < fresh; i++) {
            mix(source.next());
        }
        seeded = true;
        for (int start = 0, counter = 1; start < bytes.length; counter++) {
            generate(counter);
            int end = Math.min(bytes.length, start + BLOCK_INTS * Integer.BYTES);
            for (int i = 0; start < end; i++, start++) {
                bytes[start] = (byte) (block[i >> 2] >>> 8 * (i & 3));
            }
        }
        replaceKey();
    }

    private void mix(long number) {
        key[0] ^= (int) number;
        key[1] ^= (int) (number >>> 32);
        replaceKey();
    }

    private void replaceKey() {
        generate(0);
        System.arraycopy(block, 0, key, 0, KEY_INTS);
        Arrays.fill(block, 0);
    }

    private void generate(int counter) {
        int[] state = new int[BLOCK_INTS];
        System.arraycopy(CONSTANTS, 0, state, 0, CONSTANTS.length);
        System.arraycopy(key, 0, state, CONSTANTS.length, KEY_INTS);
        state[12] = counter;
        System.arraycopy(state, 0, block, 0, BLOCK_INTS);
        permute(block);
        for (int i = 0; i < BLOCK_INTS; i++) {
            block[i] += state[i];
        }
    }

    /** The 20 rounds of RFC 8439, 2.3. */
    static void permute(int[] x) {
        for (int i = 0; i < ROUNDS; i += 2) {
            quarterRound(x, 0, 4, 8, 12);
            quarterRound(x, 1, 5, 9, 13);
            quarterRound(x, 2, 6, 10, 14);
            quarterRound(x, 3, 7, 11, 15);
            quarterRound(x, 0, 5, 10, 15);
            quarterRound(x, 1, 6, 11, 12);
            quarterRound(x, 2, 7, 8, 13);
            quarterRound(x, 3, 4, 9, 14);
        }
    }

    /** RFC 8439, 2.1. */
    private static void quarterRound(int[] x, int a, int b, int c, int d) {
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 16);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 12);
        x[a] += x[b];
        x[d] = Integer.rotateLeft(x[d] ^ x[a], 8);
        x[c] += x[d];
        x[b] = Integer.rotateLeft(x[b] ^ x[c], 7);
    }
}
