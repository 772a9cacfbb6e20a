package dev.cortado.drivers.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MachineDisksTest {
    /** As sd(4) and Linux's drivers name disks. */
    @ParameterizedTest
    @CsvSource({"0, a", "1, b", "25, z", "26, aa", "27, ab", "701, zz", "702, aaa"})
    void disksHaveLetters(int number, String letters) {
        assertEquals(letters, MachineDisks.letters(number));
    }
}
