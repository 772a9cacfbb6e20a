package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Integer division, whose errors the CPU finds. */
final class IntegerArithmeticTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void divisionByZero(int dividend) {
        ArithmeticException e =
                assertThrows(ArithmeticException.class, () -> divide(dividend, zero()));
        assertEquals("/ by zero", e.getMessage());
    }

    @Test
    void theOneQuotientThatDoesNotFit() {
        assertEquals(Integer.MIN_VALUE, divide(Integer.MIN_VALUE, -1));
        assertEquals(Long.MIN_VALUE, divide(Long.MIN_VALUE, -1L));
        assertEquals(0, Integer.MIN_VALUE % divide(-1, 1));
        assertEquals(0, Long.MIN_VALUE % divide(-1L, 1L));
    }

    @RepeatedTest(3)
    void longDivisionByZero() {
        assertThrows(ArithmeticException.class, () -> divide(7L, (long) zero()));
        assertThrows(ArithmeticException.class, () -> Math.floorMod(7L, (long) zero()));
    }

    private static int zero() {
        return Integer.parseInt("0");
    }

    private static int divide(int a, int b) {
        return a / b;
    }

    private static long divide(long a, long b) {
        return a / b;
    }
}
