package dev.cortado.drivers.pci;

/**
 * Something that a function has beyond its header.
 *
 * @param id of {@link CapabilityIds}, or of an extended capability
 * @param offset of its first register
 */
public record Capability(int id, int offset) {}
