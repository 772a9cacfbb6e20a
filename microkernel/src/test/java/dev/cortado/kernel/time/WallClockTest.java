package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WallClockTest {
    private static final long SECOND = 1_000_000_000;

    private final WallClock clock = new WallClock();

    @Test
    void goesOnFromWhatItWasSetTo() {
        clock.set(1_700_000_000 * SECOND, 5 * SECOND);
        assertEquals(1_700_000_000 * SECOND, clock.epochNanos(5 * SECOND));
        assertEquals(1_700_000_007 * SECOND, clock.epochNanos(12 * SECOND));
    }

    @Test
    void correctionIsSpreadOverTime() {
        clock.set(1000 * SECOND, 0);
        clock.slew(SECOND / 1000, 500, 10 * SECOND);
        assertEquals(1010 * SECOND, clock.epochNanos(10 * SECOND));
        assertEquals(1011 * SECOND + 500_000, clock.epochNanos(11 * SECOND));
        assertEquals(1012 * SECOND + 1_000_000, clock.epochNanos(12 * SECOND));
        assertEquals(1100 * SECOND + 1_000_000, clock.epochNanos(100 * SECOND));
    }

    @Test
    void fastClockIsSlowedDown() {
        clock.set(1000 * SECOND, 0);
        clock.slew(-SECOND, 100_000, 0);
        assertEquals(1000 * SECOND + 9 * SECOND / 10, clock.epochNanos(SECOND));
        assertEquals(1099 * SECOND, clock.epochNanos(100 * SECOND));
    }

    @Test
    void laterCorrectionReplacesTheRestOfTheEarlierOne() {
        clock.set(0, 0);
        clock.slew(SECOND, 1000, 0);
        clock.slew(0, 1, 100 * SECOND);
        assertEquals(200 * SECOND + SECOND / 10, clock.epochNanos(200 * SECOND));
        clock.slew(-SECOND / 10, 1000, 200 * SECOND);
        assertEquals(300 * SECOND, clock.epochNanos(300 * SECOND));
    }

    @Test
    void aJumpIsSeenAtOnceAndDoesTheRestOfACorrection() {
        clock.set(1000 * SECOND, 0);
        clock.slew(SECOND, 1000, 0);
        clock.jump(60 * SECOND, 100 * SECOND);
        assertEquals(1161 * SECOND, clock.epochNanos(100 * SECOND));
        assertEquals(1261 * SECOND, clock.epochNanos(200 * SECOND));
        clock.jump(-500 * SECOND, 200 * SECOND);
        assertEquals(761 * SECOND, clock.epochNanos(200 * SECOND));
    }

    @Test
    void correctionsAddUp() {
        clock.set(0, 0);
        clock.slewMore(SECOND / 10, 1000, 0);
        clock.slewMore(SECOND / 10, 50_000, 50 * SECOND);
        assertEquals(100 * SECOND + SECOND / 10, clock.epochNanos(100 * SECOND));
        assertEquals(1000 * SECOND + SECOND / 5, clock.epochNanos(1000 * SECOND));
        clock.slewMore(-SECOND / 10, 50_000, 1000 * SECOND);
        assertEquals(1002 * SECOND + SECOND / 10, clock.epochNanos(1002 * SECOND));
    }

    @Test
    void settingEndsACorrection() {
        clock.set(0, 0);
        clock.slew(SECOND, 1000, 0);
        clock.set(50 * SECOND, 10 * SECOND);
        assertEquals(1040 * SECOND, clock.epochNanos(1000 * SECOND));
    }

    @Test
    void neverGoesBackWhateverTheCorrections() {
        Random random = new Random(5);
        clock.set(SECOND, 0);
        long now = 0;
        long last = 0;
        for (int i = 0; i < 100_000; i++) {
            if (random.nextInt(10) == 0) {
                clock.slew(random.nextLong(-SECOND, SECOND), random.nextLong(1, 100_001), now);
            }
            long wall = clock.epochNanos(now);
            assertTrue(wall >= last, wall + " after " + last);
            last = wall;
            now += random.nextLong(SECOND / 10);
        }
    }

    @Test
    void slewIsExactOverYears() {
        Random random = new Random(6);
        for (int i = 0; i < 10_000; i++) {
            long perMillion = random.nextLong(1, 100_001);
            long elapsed = random.nextLong(1L << 60);
            BigInteger done = BigInteger.valueOf(elapsed).multiply(BigInteger.valueOf(perMillion));
            long expected = done.divide(BigInteger.valueOf(1_000_000)).longValueExact();
            assertEquals(expected, Slew.done(Long.MAX_VALUE, perMillion, elapsed));
            assertEquals(-expected, Slew.done(Long.MIN_VALUE, perMillion, elapsed));
            assertEquals(0, Slew.done(SECOND, perMillion, -elapsed));
        }
    }
}
