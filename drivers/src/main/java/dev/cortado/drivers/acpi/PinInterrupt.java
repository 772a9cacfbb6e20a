package dev.cortado.drivers.acpi;

/**
 * Where a pin ends.
 *
 * @param number a global system interrupt
 * @param isLevel level triggered, as PCI's pins are, unless a link says otherwise
 * @param isLow active low, as PCI's pins are, unless a link says otherwise
 */
public record PinInterrupt(int number, boolean isLevel, boolean isLow) {}
