package dev.cortado.drivers.qemu;

/**
 * A file of QEMU's firmware configuration.
 *
 * @param name such as {@code opt/org.example/word}
 * @param size in bytes, as the device says: anything from 0 to 2^32 - 1
 * @param selector of its item
 */
public record FirmwareFile(String name, long size, int selector) {}
