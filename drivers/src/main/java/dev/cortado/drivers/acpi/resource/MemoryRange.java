package dev.cortado.drivers.acpi.resource;

/**
 * Memory below 4 GiB (ACPI 6.5, 6.4.3.1, 6.4.3.3 and 6.4.3.4).
 *
 * @param minimum the lowest physical address it may begin at
 * @param maximum the highest one; the same where the device cannot move
 * @param alignment of the first byte; 1 if it cannot move
 * @param length in bytes
 * @param isWritable whether it can be written, too
 */
public record MemoryRange(
        long minimum, long maximum, long alignment, long length, boolean isWritable)
        implements Resource {}
