package dev.cortado.drivers.acpi;

/**
 * SLP_TYP of a sleep state (ACPI 6.5, 7.4.2 and 4.8.3.2.1): three bits each.
 *
 * @param typeA for PM1a_CNT, and for the sleep control register of reduced hardware
 * @param typeB for PM1b_CNT
 */
public record SleepState(int typeA, int typeB) {
    static final int MASK = 7;
}
