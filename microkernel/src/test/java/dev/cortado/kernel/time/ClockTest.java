package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ClockTest {
    @Test
    void ticksToNanosKeepsTheHighBits() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long ticks = random.nextLong() >>> 1 + random.nextInt(62);
            long rate = random.nextLong(1L << 33) + 1;
            long expected =
                    BigInteger.valueOf(ticks)
                            .multiply(BigInteger.valueOf(rate))
                            .shiftRight(32)
                            .longValue();
            assertEquals(expected, Clock.toNanos(ticks, rate));
        }
    }

    @Test
    void daysAreThoseOfTheCalendar() {
        for (LocalDate d = LocalDate.of(1970, 1, 1); d.getYear() < 2110; d = d.plusDays(1)) {
            assertEquals(
                    d.toEpochDay(),
                    RealTimeClock.daysSinceEpoch(
                            d.getYear(), d.getMonthValue(), d.getDayOfMonth()));
        }
    }
}
