package dev.cortado.drivers.acpi.resource;

import java.util.List;

/**
 * Interrupts of a device (ACPI 6.5, 6.4.2.1 and 6.4.3.6): of those that _CRS has, all; of those of
 * _PRS, one.
 *
 * @param numbers global system interrupts, or ISA's if {@code isSmall}
 * @param isLevel level triggered, not edge triggered
 * @param isLow active low, not high
 * @param isShared whether other devices may have it, too
 * @param isSmall whether the descriptor is the old one, of ISA's 16 interrupts
 */
public record Interrupts(
        List<Integer> numbers, boolean isLevel, boolean isLow, boolean isShared, boolean isSmall)
        implements Resource {
    public Interrupts {
        numbers = List.copyOf(numbers);
    }

    /** The same with only one number. */
    public Interrupts only(int number) {
        return new Interrupts(List.of(number), isLevel, isLow, isShared, isSmall);
    }
}
