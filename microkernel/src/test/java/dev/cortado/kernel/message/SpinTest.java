package dev.cortado.kernel.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SpinTest {
    @Test
    void whoHasLookedInVainLooksForHalfTheTime() {
        long nanos = 0;
        long expected = Spin.MOST_NANOS;
        for (int i = 0; i < 10; i++) {
            assertEquals(Math.max(Spin.LEAST_NANOS, expected), Spin.duration(nanos));
            nanos = Spin.next(nanos, false);
            expected /= 2;
        }
    }

    @Test
    void oneSuccessIsEnoughToLookForTheWholeTimeAgain() {
        long seldom = Spin.next(Spin.next(0, false), false);
        assertEquals(Spin.MOST_NANOS, Spin.duration(Spin.next(seldom, true)));
        assertEquals(Spin.MOST_NANOS, Spin.duration(Spin.next(0, true)));
    }

    /** Else two that have once begun to block would do so for ever. */
    @Test
    void whoNeverFindsAnythingTriesTheWholeTimeNowAndThen() {
        long nanos = 0;
        int whole = 0;
        for (int i = 0; i < 160; i++) {
            whole += Spin.duration(nanos) == Spin.MOST_NANOS ? 1 : 0;
            nanos = Spin.next(nanos, false);
        }
        assertTrue(whole >= 10, whole + " times");
    }

    /** Waits that are all long cost little, however many they are. */
    @Test
    void lookingInVainCostsLittle() {
        long nanos = 0;
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += Spin.duration(nanos);
            nanos = Spin.next(nanos, false);
        }
        assertTrue(sum < 1000 * Spin.MOST_NANOS / 5);
    }
}
