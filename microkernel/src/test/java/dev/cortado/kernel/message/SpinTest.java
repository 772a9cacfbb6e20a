package dev.cortado.kernel.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpinTest {
    @Test
    void whoHasLookedInVainLooksForHalfTheTime() {
        long nanos = Spin.MOST_NANOS;
        for (int i = 0; i < 10; i++) {
            long next = Spin.next(nanos, false);
            assertEquals(Math.max(Spin.LEAST_NANOS, nanos / 2), next);
            nanos = next;
        }
        assertEquals(Spin.LEAST_NANOS, nanos);
    }

    @Test
    void oneSuccessIsEnoughToLookForTheWholeTimeAgain() {
        assertEquals(Spin.MOST_NANOS, Spin.next(Spin.LEAST_NANOS, true));
        assertEquals(Spin.MOST_NANOS, Spin.next(Spin.MOST_NANOS, true));
    }

    /** Waits that are all long cost little, however many they are. */
    @Test
    void lookingInVainCostsLittle() {
        long nanos = Spin.MOST_NANOS;
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += nanos;
            nanos = Spin.next(nanos, false);
        }
        assertTrue(sum < 2 * Spin.MOST_NANOS + 1000 * Spin.LEAST_NANOS);
    }
}
