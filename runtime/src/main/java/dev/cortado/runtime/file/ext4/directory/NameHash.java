package dev.cortado.runtime.file.ext4.directory;

/**
 * The hashes of names that hash trees are sorted by (kernel,
 * Documentation/filesystems/ext4/directory.rst): a major one, whose lowest bit is 0, and a minor
 * one for names that have that in common.
 */
final class NameHash {
    static final int LEGACY = 0;
    static final int HALF_MD4 = 1;
    static final int TEA = 2;

    /** What MD4 begins with (RFC 1320, 3.3), for file systems without a seed. */
    private static final int[] DEFAULT_SEED = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};

    /** Is no hash: Linux takes it for the end of a directory. */
    private static final int END = 0xFFFF_FFFE;

    private static final int LEGACY_FIRST = 0x12A3FE2D;
    private static final int LEGACY_SECOND = 0x37ABE8F9;
    private static final int LEGACY_FACTOR = 7152373;
    private static final int LEGACY_MODULUS = 0x7FFFFFFF;

    private static final int HALF_MD4_WORDS = 8;

    /** The square roots of 2 and 3, times 2^30 (RFC 1320, 3.4). */
    private static final int ROUND_2 = 0x5A827999;

    private static final int ROUND_3 = 0x6ED9EBA1;

    private static final int TEA_WORDS = 4;
    private static final int TEA_ROUNDS = 16;

    /** 2^32 divided by the golden ratio. */
    private static final int TEA_STEP = 0x9E3779B9;

    private final int version;
    private final boolean isUnsigned;
    private final int[] seed;

    /**
     * @param version {@link #LEGACY}, {@link #HALF_MD4} or {@link #TEA}
     * @param isUnsigned whether the bytes of names are numbers from 0 to 255, else -128 to 127
     * @param seed four words; if all are 0, another is taken
     */
    NameHash(int version, boolean isUnsigned, int[] seed) {
        this.version = version;
        this.isUnsigned = isUnsigned;
        boolean hasSeed = (seed[0] | seed[1] | seed[2] | seed[3]) != 0;
        this.seed = hasSeed ? seed.clone() : DEFAULT_SEED;
    }

    /** Whether there is a minor hash; else it is always 0. */
    boolean hasMinor() {
        return version != LEGACY;
    }

    /** Of what {@link #of} returns. */
    static int major(long hash) {
        return (int) (hash >>> Integer.SIZE);
    }

    /** The major hash in the upper half, the minor one in the lower. */
    long of(byte[] name) {
        int[] state = seed.clone();
        int major;
        int minor;
        switch (version) {
            case LEGACY -> {
                major = legacy(name);
                minor = 0;
            }
            case HALF_MD4 -> {
                for (int at = 0; at < name.length; at += HALF_MD4_WORDS * Integer.BYTES) {
                    halfMd4(state, words(name, at, HALF_MD4_WORDS));
                }
                major = state[1];
                minor = state[2];
            }
            case TEA -> {
                for (int at = 0; at < name.length; at += TEA_WORDS * Integer.BYTES) {
                    tea(state, words(name, at, TEA_WORDS));
                }
                major = state[0];
                minor = state[1];
            }
            default -> throw new IllegalStateException("hash " + version);
        }
        major &= ~1;
        if (major == END) {
            major -= 2;
        }
        return (long) major << Integer.SIZE | Integer.toUnsignedLong(minor);
    }

    private int value(byte character) {
        return isUnsigned ? Byte.toUnsignedInt(character) : character;
    }

    private int legacy(byte[] name) {
        int last = LEGACY_FIRST;
        int before = LEGACY_SECOND;
        for (byte character : name) {
            int next = before + (last ^ value(character) * LEGACY_FACTOR);
            before = last;
            last = next < 0 ? next - LEGACY_MODULUS : next;
        }
        return last << 1;
    }

    /** Bytes of a name, four to a word, the first the highest; filled up with its length. */
    private int[] words(byte[] name, int from, int count) {
        int length = name.length - from;
        int filling = (length & 0xFF) * 0x01010101;
        int[] words = new int[count];
        for (int word = 0; word < count; word++) {
            int bits = filling;
            for (int i = word * Integer.BYTES; i < (word + 1) * Integer.BYTES; i++) {
                if (i < length) {
                    bits = (bits << Byte.SIZE) + value(name[from + i]);
                }
            }
            words[word] = bits;
        }
        return words;
    }

    /** MD4's three rounds, half of each, with the words in other orders. */
    private static void halfMd4(int[] state, int[] words) {
        int[] s = state.clone();
        int[][] orders = {
            {0, 1, 2, 3, 4, 5, 6, 7}, {1, 3, 5, 7, 0, 2, 4, 6}, {3, 7, 2, 6, 1, 5, 0, 4}
        };
        int[][] shifts = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
        int[] constants = {0, ROUND_2, ROUND_3};
        for (int round = 0; round < orders.length; round++) {
            for (int step = 0; step < HALF_MD4_WORDS; step++) {
                int a = -step & 3;
                int b = s[a + 1 & 3];
                int c = s[a + 2 & 3];
                int d = s[a + 3 & 3];
                int mixed =
                        switch (round) {
                            case 0 -> d ^ (b & (c ^ d));
                            case 1 -> (b & c) + ((b ^ c) & d);
                            default -> b ^ c ^ d;
                        };
                int sum = s[a] + mixed + words[orders[round][step]] + constants[round];
                s[a] = Integer.rotateLeft(sum, shifts[round][step & 3]);
            }
        }
        for (int i = 0; i < state.length; i++) {
            state[i] += s[i];
        }
    }

    /** The Tiny Encryption Algorithm (Wheeler, Needham, 1994) with the name as the key. */
    private static void tea(int[] state, int[] key) {
        int first = state[0];
        int second = state[1];
        int sum = 0;
        for (int round = 0; round < TEA_ROUNDS; round++) {
            sum += TEA_STEP;
            first += mix(second, sum, key[0], key[1]);
            second += mix(first, sum, key[2], key[3]);
        }
        state[0] += first;
        state[1] += second;
    }

    private static int mix(int half, int sum, int key, int nextKey) {
        return ((half << 4) + key) ^ (half + sum) ^ ((half >>> 5) + nextKey);
    }
}
