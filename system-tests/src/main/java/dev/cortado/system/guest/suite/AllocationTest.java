package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New objects are empty, and nobody else's. */
final class AllocationTest {
    private volatile byte[] kept;

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                7,
                8,
                15,
                16,
                4_095,
                4_096,
                65_535,
                131_071,
                131_072,
                1 << 20,
                10_000_019,
                64 << 20
            })
    void arraysAreZero(int size) {
        // Twice, so that the second may get memory that was used before.
        for (int round = 0; round < 2; round++) {
            byte[] bytes = new byte[size];
            assertEquals(size, bytes.length);
            assertTrue(isZero(bytes));
            Arrays.fill(bytes, (byte) 0x5A);
            System.gc();
            assertTrue(size == 0 || bytes[size - 1] == 0x5A);
        }
    }

    private static boolean isZero(byte[] bytes) {
        int all = 0;
        for (byte each : bytes) {
            all |= each;
        }
        return all == 0;
    }

    @Test
    void arraysOfEveryKind() {
        assertEquals(0, (new long[100_000])[99_999]);
        assertEquals(0.0, (new double[100_000])[99_999]);
        assertEquals('\0', (new char[100_000])[99_999]);
        assertEquals(false, (new boolean[100_000])[99_999]);
        assertEquals(null, (new Object[100_000])[99_999]);
    }

    @Test
    void arraysOfArrays() {
        int[][][] cube = new int[3][4][5];
        assertEquals(3, cube.length);
        assertEquals(4, cube[2].length);
        assertEquals(5, cube[2][3].length);
        assertEquals(2, new int[2][].length);
    }

    @Test
    void negativeSizesAreRefused() {
        assertThrows(NegativeArraySizeException.class, () -> allocate(-1));
        assertThrows(NegativeArraySizeException.class, () -> allocate(Integer.MIN_VALUE));
    }

    private byte[] allocate(int size) {
        kept = new byte[size];
        return kept;
    }

    /** Objects that live and die in no order, each with what only it should contain. */
    @Test
    void objectsDoNotOverlap() {
        Random random = new Random(11);
        int[][] live = new int[500][];
        for (int round = 0; round < 30_000; round++) {
            int slot = random.nextInt(live.length);
            check(live[slot], slot);
            live[slot] = new int[random.nextInt(random.nextInt(50) == 0 ? 20_000 : 100)];
            Arrays.fill(live[slot], slot);
        }
        for (int slot = 0; slot < live.length; slot++) {
            check(live[slot], slot);
        }
    }

    private static void check(int[] array, int slot) {
        if (array != null) {
            for (int each : array) {
                assertEquals(slot, each);
            }
        }
    }

    @Test
    void threadsAllocateAtOnce() throws InterruptedException {
        List<TestThread> threads =
                TestThread.startAll(
                        6,
                        () -> {
                            List<String> kept = new ArrayList<>();
                            for (int i = 0; i < 5_000; i++) {
                                String text = "number " + i;
                                if (i % 10 == 0) {
                                    kept.add(text);
                                }
                            }
                            for (int i = 0; i < kept.size(); i++) {
                                assertEquals("number " + i * 10, kept.get(i));
                            }
                        });
        TestThread.finishAll(threads);
    }
}
