package dev.cortado.image.image;

/**
 * A name for a place in the guest's memory.
 *
 * @param address virtual
 * @param size bytes that it names, 0 where unknown
 * @param function whether it names code
 * @param global whether it can be referred to from other objects
 */
public record ImageSymbol(String name, long address, long size, boolean function, boolean global) {}
