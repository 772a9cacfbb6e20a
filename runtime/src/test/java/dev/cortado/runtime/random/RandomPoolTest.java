package dev.cortado.runtime.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.generation.GenerationId;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class RandomPoolTest {
    /** Counts on, from a start; each number is worth so many bits. */
    private static final class Counter implements EntropySource {
        private long number;
        private int bits;
        private int taken;

        Counter(long start, int bits) {
            this.number = start;
            this.bits = bits;
        }

        @Override
        public int gather(LongConsumer numbers) {
            taken++;
            numbers.accept(number++);
            return bits;
        }
    }

    private static final class StillClocks implements Clocks {
        private long wallMillis = 1_700_000_000_000L;
        private long runningNanos = 5;

        @Override
        public long wallMillis() {
            return wallMillis;
        }

        @Override
        public long runningNanos() {
            return runningNanos;
        }
    }

    private static final class OneGeneration implements GenerationId {
        private long low;
        private long high;

        @Override
        public long low() {
            return low;
        }

        @Override
        public long high() {
            return high;
        }
    }

    private final StillClocks clocks = new StillClocks();
    private final OneGeneration generation = new OneGeneration();

    private RandomPool pool(EntropySource... sources) {
        return new RandomPool(clocks, () -> generation, sources);
    }

    private RandomPool pool(long start) {
        return pool(new Counter(start, 4));
    }

    private static byte[] next(RandomPool pool, int count) {
        byte[] bytes = new byte[count];
        pool.next(bytes);
        return bytes;
    }

    /** RFC 8439, 2.3.2: the state before and after 20 rounds. */
    @Test
    void permutesAsChaCha20() {
        int[] state = {
            0x61707865, 0x3320646e, 0x79622d32, 0x6b206574,
            0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c,
            0x13121110, 0x17161514, 0x1b1a1918, 0x1f1e1d1c,
            0x00000001, 0x09000000, 0x4a000000, 0x00000000
        };
        int[] expected = {
            0x837778ab, 0xe238d763, 0xa67ae21e, 0x5950bb2f,
            0xc4f2d0c7, 0xfc62bb2f, 0x8fa018fc, 0x3f5ec7b7,
            0x335271c2, 0xf29489f3, 0xeabda8fc, 0x82e46ebd,
            0xd19c12b4, 0xb04e16de, 0x9e83d0cb, 0x4e3c50a2
        };
        RandomPool.permute(state);
        assertArrayEquals(expected, state);
    }

    @Test
    void nothingComesTwice() {
        RandomPool pool = pool(0);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertTrue(seen.add(HexFormat.of().formatHex(next(pool, 16))));
        }
    }

    @Test
    void oneNumberOfTheSourceMakesAllTheDifference() {
        byte[] first = next(pool(0), 1000);
        byte[] second = next(pool(1), 1000);
        assertArrayEquals(first, next(pool(0), 1000));
        int different = 0;
        for (int i = 0; i < first.length; i++) {
            different += Integer.bitCount((first[i] ^ second[i]) & 0xff);
        }
        assertTrue(Math.abs(different - 4000) < 300, different + " of 8000 bits differ");
    }

    /** Wherever in the key a number came to lie. */
    @Test
    void eachNumberThatIsAddedCounts() {
        Set<String> seen = new HashSet<>();
        for (int numbers = 0; numbers <= 9; numbers++) {
            for (int changed = 0; changed < numbers; changed++) {
                byte[] bytes = new byte[numbers * Long.BYTES];
                bytes[changed * Long.BYTES] = 1;
                RandomPool pool = pool(0);
                pool.add(bytes);
                assertTrue(seen.add(HexFormat.of().formatHex(next(pool, 16))));
            }
        }
    }

    @Test
    void takesAFullSeedBeforeTheFirstByteAndALittleEachTimeAfter() {
        Counter source = new Counter(0, 4);
        RandomPool pool = pool(source);
        next(pool, 1);
        assertEquals(64, source.taken);
        next(pool, 1);
        assertEquals(65, source.taken);
    }

    @Test
    void aSeedCountsWhatItIsWorthHoweverManySourcesGiveIt() {
        Counter poor = new Counter(0, 1);
        Counter dead = new Counter(0, 0);
        Counter good = new Counter(0, 15);
        next(pool(dead, good, poor), 1);
        assertEquals(16, good.taken);
        assertEquals(16, poor.taken);
        assertEquals(16, dead.taken);
    }

    @Test
    void withEverySourceDeadThereIsNoByteAndAClearWord() {
        RandomPool pool = pool(new Counter(0, 0), new Counter(7, 0));
        byte[] bytes = new byte[16];
        for (int i = 0; i < 3; i++) {
            ProviderException e = assertThrows(ProviderException.class, () -> pool.next(bytes));
            assertTrue(e.getMessage().contains("no unpredictable numbers"), e.getMessage());
        }
        pool.add(new byte[1000]);
        assertThrows(ProviderException.class, () -> pool.next(bytes), "a user's seed counts none");
        assertArrayEquals(new byte[16], bytes);
        assertThrows(ProviderException.class, () -> pool().next(bytes), "no source at all");
    }

    @Test
    void aSourceThatDiesLaterLeavesThePoolAsItIs() {
        Counter source = new Counter(0, 64);
        RandomPool pool = pool(source);
        byte[] first = next(pool, 32);
        source.bits = 0;
        assertFalse(Arrays.equals(first, next(pool, 32)));
    }

    @Test
    void aSourceThatComesBackIsUsed() {
        Counter source = new Counter(0, 0);
        RandomPool pool = pool(source);
        assertThrows(ProviderException.class, () -> next(pool, 1));
        source.bits = 64;
        assertEquals(1, next(pool, 1).length);
    }

    /** Two pools with the same past are two machines of the same snapshot. */
    @Test
    void copiesPartByTheirSources() {
        Counter one = new Counter(0, 64);
        Counter other = new Counter(0, 64);
        RandomPool first = pool(one);
        RandomPool second = pool(other);
        assertArrayEquals(next(first, 32), next(second, 32));
        other.number = 1000;
        assertFalse(Arrays.equals(next(first, 32), next(second, 32)));
    }

    @Test
    void copiesPartByTheWallClockWhereSourcesAreDead() {
        RandomPool first = pool(new Counter(0, 64));
        StillClocks later = new StillClocks();
        RandomPool second = new RandomPool(later, () -> generation, new Counter(0, 64));
        assertArrayEquals(next(first, 32), next(second, 32));
        later.wallMillis++;
        assertFalse(Arrays.equals(next(first, 32), next(second, 32)));
    }

    @Test
    void aMachineThatStoodStillTakesAFullSeedAgain() {
        Counter source = new Counter(0, 64);
        RandomPool pool = pool(source);
        next(pool, 1);
        clocks.wallMillis += 86_400_000L;
        clocks.runningNanos += 86_400_000_000_000L;
        next(pool, 1);
        assertEquals(4 + 1, source.taken, "a day went by");
        clocks.wallMillis += 1000;
        next(pool, 1);
        assertEquals(4 + 1 + 4, source.taken, "a second was lost");
        clocks.wallMillis -= 3_600_000;
        next(pool, 1);
        assertEquals(4 + 1 + 4 + 4, source.taken, "an hour back");
        source.bits = 0;
        clocks.wallMillis += 1000;
        assertThrows(ProviderException.class, () -> next(pool, 1));
    }

    @Test
    void whatIsAddedCounts() {
        RandomPool plain = pool(0);
        RandomPool salted = pool(0);
        salted.add(new byte[] {1});
        assertFalse(Arrays.equals(next(plain, 32), next(salted, 32)));
    }

    @Test
    void fillsArraysOfAnyLengthEvenly() {
        RandomPool pool = pool(0);
        for (int length : new int[] {0, 1, 63, 64, 65, 1000}) {
            assertEquals(length, next(pool, length).length);
        }
        int[] counts = new int[256];
        for (byte b : next(pool, 256_000)) {
            counts[b & 0xff]++;
        }
        assertTrue(Arrays.stream(counts).allMatch(count -> Math.abs(count - 1000) < 200));
    }

    /** All else is the same in both: what the sources give, and what the clocks say. */
    @Test
    void anotherGenerationIsAnotherMachine() {
        RandomPool[] copies = {pool(1), pool(1)};
        assertArrayEquals(next(copies[0], 8), next(copies[1], 8));
        generation.high = 5;
        byte[] first = next(copies[0], 8);
        generation.high = 6;
        assertFalse(Arrays.equals(first, next(copies[1], 8)));
    }

    @Test
    void anotherGenerationIsSeededAnew() {
        Counter counter = new Counter(0, 16);
        RandomPool pool = pool(counter);
        next(pool, 8);
        int taken = counter.taken;
        next(pool, 8);
        assertEquals(taken + 1, counter.taken, "once for each use");
        generation.low = 1;
        next(pool, 8);
        assertEquals(taken + 1 + RandomPool.SEED_BITS / 16, counter.taken);
        next(pool, 8);
        assertEquals(taken + 2 + RandomPool.SEED_BITS / 16, counter.taken);
    }

    @Test
    void generationsAreCounted() {
        RandomPool pool = pool(0);
        int before = pool.generation();
        assertEquals(before, pool.generation());
        generation.low = 7;
        assertEquals(before + 1, pool.generation());
        assertEquals(before + 1, pool.generation());
        generation.high = 7;
        assertEquals(before + 2, pool.generation());
    }

    /** Who only looks at the number does not spoil what the next use finds. */
    @Test
    void aLookAtTheGenerationIsNoUse() {
        Counter counter = new Counter(0, 16);
        RandomPool pool = pool(counter);
        next(pool, 8);
        int taken = counter.taken;
        generation.low = 1;
        pool.generation();
        assertEquals(taken, counter.taken);
        next(pool, 8);
        assertEquals(taken + RandomPool.SEED_BITS / 16, counter.taken);
    }
}
