package dev.cortado.runtime.file.iso9660;

/**
 * Where a part of a file is.
 *
 * @param position in bytes from the volume's begin on
 * @param length in bytes
 */
record Extent(long position, long length) {}
