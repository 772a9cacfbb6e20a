package dev.cortado.drivers.acpi.resource;

/**
 * A descriptor that nobody needs here: DMA, dependent functions, GPIO, serial buses, a vendor's.
 *
 * @param name its tag without the length (ACPI 6.5, 6.4.2 and 6.4.3): that of a large one has bit 7
 * @param length in bytes behind its header
 */
public record OtherResource(int name, int length) implements Resource {}
