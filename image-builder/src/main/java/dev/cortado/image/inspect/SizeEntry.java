package dev.cortado.image.inspect;

/**
 * What one class or package takes.
 *
 * @param count number of objects; 0 for code, where nothing is counted
 * @param bytes of code or heap
 */
public record SizeEntry(String name, long count, long bytes) {}
