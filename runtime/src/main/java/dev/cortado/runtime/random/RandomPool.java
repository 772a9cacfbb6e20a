package dev.cortado.runtime.random;

import dev.cortado.drivers.generation.GenerationId;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns unpredictable numbers of any quality into random bytes: a ChaCha20 generator (RFC 8439,
 * 2.3) whose key is replaced after each use, so that a look into memory does not tell what it gave
 * out before, and into whose key each number is mixed. Safe for use by several threads.
 *
 * <p>It gives nothing out before its sources have given as many unpredictable bits as the key has,
 * and asks them again for so many when the machine's generation is another one, or the clocks say
 * that it stood still: it may then run a second time from the same snapshot. Each use mixes in the
 * clocks and what the sources have at once, so that copies of a machine part in any case.
 */
public final class RandomPool {
    /** As many as the key has. */
    static final int SEED_BITS = 256;

    /** As many as the least of the CPU's instructions gives. */
    private static final int LITTLE_BITS = 16;

    /** If the sources have nothing so many times in a row, they are dead. */
    static final int MOST_EMPTY_ROUNDS = 64;

    /** More than the clocks part by when both are read. */
    private static final long JUMP_MILLIS = 500;

    private static final int KEY_INTS = 8;
    private static final int BLOCK_INTS = 16;
    private static final int ROUNDS = 20;

    /** "expand 32-byte k". */
    private static final int[] CONSTANTS = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private final Clocks clocks;
    private final Supplier<GenerationId> generation;
    private final List<EntropySource> sources;
    private final int[] key = new int[KEY_INTS];
    private final int[] block = new int[BLOCK_INTS];

    /** Where the next number goes in the key: each has a place of its own until all are mixed. */
    private int lane;

    /** Unpredictable bits in the key, as far as they count. */
    private int seedBits;

    /** The wall clock's lead over the running one when they were last read. */
    private long leadMillis;

    private long generationLow;
    private long generationHigh;

    /** How often the generation was another one. */
    private int generations;

    /**
     * @param generation is first asked for when it is first used
     * @param sources those that cost little first, and then best ones first
     */
    public RandomPool(Clocks clocks, Supplier<GenerationId> generation, EntropySource... sources) {
        this.clocks = clocks;
        this.generation = generation;
        this.sources = List.of(sources);
    }

    /** Mixes more into the pool. Bytes that others know do no harm, and count for nothing. */
    public synchronized void add(byte[] bytes) {
        Numbers.of(bytes, this::mix);
    }

    /**
     * Fills the array.
     *
     * @throws ProviderException if the machine has nothing unpredictable to make a seed from
     */
    public synchronized void next(byte[] bytes) {
        readClocks();
        readGeneration();
        if (seedBits < SEED_BITS) {
            seed();
        } else {
            gatherSome();
        }
        replaceKey();
        for (int start = 0, counter = 1; start < bytes.length; counter++) {
            generate(counter);
            int end = Math.min(bytes.length, start + BLOCK_INTS * Integer.BYTES);
            for (int i = 0; start < end; i++, start++) {
                bytes[start] = (byte) (block[i >> 2] >>> 8 * (i & 3));
            }
        }
        replaceKey();
    }

    /** What was gathered before a machine stood still, its copies have too. */
    private void readClocks() {
        long wall = clocks.wallMillis();
        long running = clocks.runningNanos();
        long lead = wall - running / 1_000_000;
        if (Math.abs(lead - leadMillis) > JUMP_MILLIS) {
            forget();
        }
        leadMillis = lead;
        mix(wall);
        mix(running);
    }

    /**
     * Another number in each copy of the machine, where its host tells these apart: what was taken
     * from the pool under another number is to be dropped, since others may have it.
     */
    public synchronized int generation() {
        readGeneration();
        return generations;
    }

    /** A copy parts at once, by the number of its generation, and then by its own sources. */
    private void readGeneration() {
        long low = generation.get().low();
        long high = generation.get().high();
        if (low != generationLow || high != generationHigh) {
            generationLow = low;
            generationHigh = high;
            generations++;
            forget();
            mix(low);
            mix(high);
        }
    }

    private void forget() {
        seedBits = 0;
        sources.forEach(EntropySource::forget);
    }

    private void seed() {
        for (int empty = 0; seedBits < SEED_BITS; ) {
            int bits = 0;
            for (EntropySource source : sources) {
                bits += source.gather(this::mix);
            }
            seedBits += bits;
            empty = bits == 0 ? empty + 1 : 0;
            if (empty >= MOST_EMPTY_ROUNDS && sources.stream().noneMatch(EntropySource::await)) {
                throw new ProviderException(
                        "this machine has no unpredictable numbers: its CPU has neither RDSEED nor"
                                + " RDRAND, or they fail, its time stamp counter does not vary, and"
                                + " its host gives it none");
            }
        }
    }

    /** A little will do: the seed is what counts. */
    private void gatherSome() {
        int bits = 0;
        for (EntropySource source : sources) {
            bits += source.gather(this::mix);
            if (bits >= LITTLE_BITS) {
                return;
            }
        }
    }

    private void mix(long number) {
        key[lane++] ^= (int) number;
        key[lane++] ^= (int) (number >>> 32);
        if (lane == KEY_INTS) {
            replaceKey();
        }
    }

    private void replaceKey() {
        generate(0);
        System.arraycopy(block, 0, key, 0, KEY_INTS);
        Arrays.fill(block, 0);
        lane = 0;
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
        Arrays.fill(state, 0); // it has the key
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
