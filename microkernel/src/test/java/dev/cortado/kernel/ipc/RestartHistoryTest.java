package dev.cortado.kernel.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RestartHistoryTest {
    private static final long SECOND = 1_000_000_000;

    private static RestartHistory history(int limit, int firstMillis, int longestMillis) {
        return new RestartHistory(
                new RestartPolicy(
                        limit,
                        Duration.ofSeconds(10),
                        Duration.ofMillis(firstMillis),
                        Duration.ofMillis(longestMillis)));
    }

    @Test
    void delaysDoubleUpToTheLongest() {
        RestartHistory history = history(10, 10, 70);
        for (int expected : new int[] {10, 20, 40, 70, 70}) {
            assertEquals(OptionalLong.of(expected * 1_000_000L), history.died(SECOND));
        }
    }

    @Test
    void oneDeathMoreThanTheLimitInAPeriodIsTheLast() {
        RestartHistory history = history(2, 1, 1);
        assertEquals(1_000_000, history.died(0).getAsLong());
        assertEquals(1_000_000, history.died(9 * SECOND).getAsLong());
        assertEquals(OptionalLong.empty(), history.died(10 * SECOND - 1));
    }

    @Test
    void deathsAPeriodAgoAreForgotten() {
        RestartHistory history = history(2, 10, 1_000);
        history.died(0);
        history.died(5 * SECOND);
        assertEquals(20_000_000, history.died(10 * SECOND).getAsLong());
        assertEquals(10_000_000, history.died(30 * SECOND).getAsLong());
    }

    @Test
    void withoutADelayThereIsNoneLater() {
        RestartHistory history = history(1_000, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(OptionalLong.of(0), history.died(SECOND));
        }
    }

    @Test
    void noDeathIsBorneWithALimitOfNone() {
        assertEquals(OptionalLong.empty(), history(0, 1, 1).died(0));
    }

    @Test
    void policiesThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> history(-1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> history(1, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> history(1, -1, 1));
    }
}
