package dev.cortado.drivers.acpi.resource;

/**
 * I/O ports (ACPI 6.5, 6.4.2.5 and 6.4.2.6).
 *
 * @param minimum the lowest first port there may be
 * @param maximum the highest first port there may be; the same where the device cannot move
 * @param alignment of the first port; 1 if it cannot move
 * @param length how many ports
 */
public record PortRange(int minimum, int maximum, int alignment, int length) implements Resource {}
