package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * FPU and vector registers survive whatever interrupts: threads compute the same as each of them
 * alone, bit for bit, while others compute too, sleepers wake and collections run.
 */
final class FloatingPointTest {
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    void doublesAreKept() throws InterruptedException {
        compareUnderLoad(FloatingPointTest::orbit, 8);
    }

    /** Many values at once, so that they fill the registers. */
    private static long orbit(int seed) {
        double x = 1 + seed;
        double y = 0.5;
        double vx = 0.1;
        double vy = 0.9 / x;
        double energy = 0;
        double compensation = 0;
        for (int i = 0; i < 50_000; i++) {
            double r2 = x * x + y * y;
            double r = Math.sqrt(r2);
            double a = -1 / (r2 * r);
            vx += a * x * 0.001;
            vy += a * y * 0.001;
            x += vx * 0.001;
            y += vy * 0.001;
            double term = (vx * vx + vy * vy) / 2 - 1 / r - compensation;
            double sum = energy + term;
            compensation = (sum - energy) - term;
            energy = sum;
        }
        return Double.doubleToRawLongBits(x + y + vx + vy + energy);
    }

    @Test
    void floatsAreKept() throws InterruptedException {
        compareUnderLoad(FloatingPointTest::logistic, 8);
    }

    private static long logistic(int seed) {
        float a = 0.1f + seed * 0.01f;
        float b = 0.2f;
        float c = 0.3f;
        float d = 0.4f;
        for (int i = 0; i < 100_000; i++) {
            a = 3.91f * a * (1 - a);
            b = 3.92f * b * (1 - b);
            c = 3.93f * c * (1 - c);
            d = 3.94f * d * (1 - d);
        }
        return Float.floatToRawIntBits(a) * 31L
                + Float.floatToRawIntBits(b) * 17L
                + Float.floatToRawIntBits(c) * 7L
                + Float.floatToRawIntBits(d);
    }

    /** Loops over arrays, copies and comparisons, which use vector registers. */
    @Test
    void vectorsAreKept() throws InterruptedException {
        compareUnderLoad(FloatingPointTest::vectors, 8);
    }

    private static long vectors(int seed) {
        int[] left = new int[1_021];
        int[] right = new int[left.length];
        byte[] bytes = new byte[4_099];
        Arrays.fill(left, seed + 3);
        for (int i = 0; i < right.length; i++) {
            right[i] = i * (seed + 1);
        }
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < left.length; i++) {
                left[i] = left[i] * 31 + right[i];
            }
            System.arraycopy(left, 0, right, 1, left.length - 1);
            Arrays.fill(bytes, (byte) left[round]);
            byte[] copy = bytes.clone();
            assertTrue(Arrays.equals(bytes, copy));
            copy[4_000]++;
            assertEquals(4_000, Arrays.mismatch(bytes, copy));
        }
        return Arrays.hashCode(left) * 31L + Arrays.hashCode(right);
    }

    private interface Computation {
        long compute(int seed);
    }

    private void compareUnderLoad(Computation computation, int count) throws InterruptedException {
        long[] expected = new long[count];
        for (int i = 0; i < count; i++) {
            expected[i] = computation.compute(i);
        }
        TestThread sleeper =
                TestThread.start(() -> {
                    while (!stop.get()) {
                        Thread.sleep(0, 200_000);
                    }
                });
        long[] actual = new long[count];
        CountDownLatch all = new CountDownLatch(count);
        List<TestThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int seed = i;
            threads.add(
                    TestThread.start(() -> {
                        for (int round = 0; round < 5; round++) {
                            actual[seed] = computation.compute(seed);
                            assertEquals(expected[seed], actual[seed]);
                        }
                        all.countDown();
                    }));
        }
        while (all.getCount() > 0 && threads.stream().anyMatch(t -> t.thread().isAlive())) {
            System.gc();
            Thread.yield();
        }
        TestThread.finishAll(threads);
        stop.set(true);
        sleeper.finish();
        assertArrayEquals(expected, actual);
    }

    @Test
    void roundingIsTheUsual() throws InterruptedException {
        TestThread.finishAll(
                TestThread.startAll(
                        4,
                        () -> {
                            assertEquals(0.30000000000000004, 0.1 + tenth() * 2);
                            assertEquals(Double.POSITIVE_INFINITY, 1 / (tenth() - 0.1));
                            assertTrue(Double.isNaN(0 * (1 / (tenth() - 0.1))));
                            assertEquals(Integer.MAX_VALUE, (int) (tenth() * 1e30));
                            assertEquals(Long.MIN_VALUE, (long) (tenth() * -1e30));
                            assertEquals(0, (int) Double.NaN);
                            assertEquals(4.9e-324, Math.nextUp(tenth() - 0.1));
                        }));
    }

    private static double tenth() {
        return Double.parseDouble("0.1");
    }

    @Test
    void functionsAreThoseOfTheLanguage() {
        for (double x = -20; x <= 20; x += 0.37) {
            assertEquals(StrictMath.sin(x), Math.sin(x), Math.ulp(StrictMath.sin(x)));
            assertEquals(StrictMath.cos(x), Math.cos(x), Math.ulp(StrictMath.cos(x)));
            assertEquals(StrictMath.exp(x), Math.exp(x), Math.ulp(StrictMath.exp(x)));
            assertEquals(StrictMath.atan(x), Math.atan(x), 2 * Math.ulp(StrictMath.atan(x)));
            double positive = Math.abs(x) + 0.1;
            double power = StrictMath.pow(positive, 1.7);
            assertEquals(power, Math.pow(positive, 1.7), Math.ulp(power));
            double logarithm = StrictMath.log(positive);
            assertEquals(logarithm, Math.log(positive), Math.ulp(logarithm));
            assertEquals(StrictMath.sqrt(positive), Math.sqrt(positive));
        }
        assertEquals(1e22, Math.sqrt(1e44));
        assertEquals(-3.0, Math.floor(-2.5));
        assertEquals(-2.0, Math.rint(-2.5));
    }
}
