package dev.cortado.kernel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class FrequenciesTest {
    @Test
    void frequencyHasMoreThanThreeDigits() {
        assertEquals(2_893_203_000L, Frequencies.frequency(5_786_406, 2_000_000));
        assertEquals(1_000_000_000, Frequencies.frequency(0x7fff_ffff, 0x7fff_ffff));
        assertEquals(0, Frequencies.frequency(0, 0));
    }

    /** QEMU's event timer counts every 10 ns, Intel's every 69.841279 ns. */
    @Test
    void eventTimersTicksAreNanoseconds() {
        assertEquals(20, Hpet.nanos(5, 7, 10_000_000));
        assertEquals(1_000_000_004, Hpet.nanos(0, 14_318_180, 69_841_279));
        assertEquals(30, Hpet.nanos(-1, 2, 10_000_000));
    }

    @Test
    void periodsThatNoTimerHasAreRefused() {
        assertTrue(Hpet.isPlausible(10_000_000));
        assertTrue(Hpet.isPlausible(0x05f5_e100));
        assertFalse(Hpet.isPlausible(0x05f5_e101));
        assertFalse(Hpet.isPlausible(0));
        assertFalse(Hpet.isPlausible(0xffff_ffffL));
    }
}
