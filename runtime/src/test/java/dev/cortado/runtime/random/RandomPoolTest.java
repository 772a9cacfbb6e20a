package dev.cortado.runtime.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomPoolTest {
    /** Counts on, from a start. */
    private static final class Counter implements RandomPool.Source {
        private long number;
        private int taken;

        Counter(long start) {
            number = start;
        }

        @Override
        public long next() {
            taken++;
            return number++;
        }

        @Override
        public int numbersPerSeed() {
            return 100;
        }
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
        RandomPool pool = new RandomPool(new Counter(0));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertTrue(seen.add(HexFormat.of().formatHex(next(pool, 16))));
        }
    }

    @Test
    void oneNumberOfTheSourceMakesAllTheDifference() {
        byte[] first = next(new RandomPool(new Counter(0)), 1000);
        byte[] second = next(new RandomPool(new Counter(1)), 1000);
        assertArrayEquals(first, next(new RandomPool(new Counter(0)), 1000));
        int different = 0;
        for (int i = 0; i < first.length; i++) {
            different += Integer.bitCount((first[i] ^ second[i]) & 0xff);
        }
        assertTrue(Math.abs(different - 4000) < 300, different + " of 8000 bits differ");
    }

    @Test
    void takesAFullSeedBeforeTheFirstByteAndALittleEachTimeAfter() {
        Counter source = new Counter(0);
        RandomPool pool = new RandomPool(source);
        next(pool, 1);
        assertEquals(100, source.taken);
        next(pool, 1);
        assertEquals(104, source.taken);
    }

    @Test
    void whatIsAddedCounts() {
        RandomPool plain = new RandomPool(new Counter(0));
        RandomPool salted = new RandomPool(new Counter(0));
        salted.add(new byte[] {1});
        assertTrue(!Arrays.equals(next(plain, 32), next(salted, 32)));
    }

    @Test
    void fillsArraysOfAnyLengthEvenly() {
        RandomPool pool = new RandomPool(new Counter(0));
        for (int length : new int[] {0, 1, 63, 64, 65, 1000}) {
            assertEquals(length, next(pool, length).length);
        }
        int[] counts = new int[256];
        for (byte b : next(pool, 256_000)) {
            counts[b & 0xff]++;
        }
        assertTrue(Arrays.stream(counts).allMatch(count -> Math.abs(count - 1000) < 200));
    }
}
