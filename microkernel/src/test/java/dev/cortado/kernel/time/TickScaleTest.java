package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TickScaleTest {
    private static final long YEAR = Duration.ofDays(365).toNanos();

    private final TickScale scale = new TickScale();

    /** How long is a deadline away, on a machine that has been up for as long as that? */
    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 999_999_937, 2_893_203_123L, 3_000_000_001L, 9_000_000_000L})
    void noTimerFiresEarlyHoweverLongTheMachineHasBeenUp(long ticksPerSecond) {
        scale.set(ticksPerSecond);
        Random random = new Random(ticksPerSecond);
        for (int i = 0; i < 100_000; i++) {
            long up = random.nextLong(3 * YEAR);
            long start = random.nextLong(1L << 62);
            long now = start + (long) (up * (ticksPerSecond / 1e9));
            long nowNanos = scale.nanos(now - start);
            long left = random.nextLong(1L << random.nextInt(1, 50));
            long due = now + scale.ticks(left);
            long dueNanos = scale.nanos(due - start);
            long late = dueNanos - (nowNanos + left);
            long tick = 1_000_000_000 / ticksPerSecond;
            assertTrue(late >= 0, () -> -late + " ns early after " + up);
            assertTrue(late <= 2 * tick + 2 + (left >>> 31), () -> late + " ns late after " + up);
        }
    }

    @Test
    void bothWaysRoundAreTheSameScale() {
        scale.set(2_893_203_123L);
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long nanos = random.nextLong(TickScale.FURTHEST);
            long ticks = scale.ticks(nanos);
            assertTrue(scale.nanos(ticks) >= nanos);
            assertTrue(scale.nanos(ticks) <= nanos + 2 + (nanos >>> 31));
        }
    }

    @Test
    void aSecondIsASecond() {
        scale.set(2_893_203_000L);
        assertEquals(1_000_000_000, scale.nanos(2_893_203_000L), 1);
        assertEquals(2_893_203_000L, scale.ticks(1_000_000_000), 2);
        assertEquals(0, scale.ticks(0));
        assertEquals(1, TickScale.roundedUp(1, 1_000_000));
        assertEquals(1_000_000, TickScale.roundedUp(1_000_000_000, 1_000_000));
        assertEquals(1_000_001, TickScale.roundedUp(1_000_000_001, 1_000_000));
    }

    @Test
    void speedsThatNothingHasAreRefused() {
        assertTrue(TickScale.isPlausible(1_000_000_000));
        assertTrue(TickScale.isPlausible(5_800_000_000L));
        assertFalse(TickScale.isPlausible(0));
        assertFalse(TickScale.isPlausible(-1));
        assertFalse(TickScale.isPlausible(999));
        assertFalse(TickScale.isPlausible(Long.MAX_VALUE));
    }
}
