package dev.cortado.drivers.pci;

/**
 * Something that a function has beyond its header.
 *
 * @param id of {@link CapabilityIds}
 * @param offset of its first register
 */
public record Capability(int id, int offset) {}
