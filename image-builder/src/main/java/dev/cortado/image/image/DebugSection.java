package dev.cortado.image.image;

/**
 * Debug information about a guest: one of the sections that DWARF defines.
 *
 * @param name such as {@code .debug_line}
 * @param contents with all addresses filled in; shared, never written to
 */
public record DebugSection(String name, byte[] contents) {}
