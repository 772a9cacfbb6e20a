package dev.cortado.runtime.file.ext4.directory;

/**
 * Where an entry is.
 *
 * @param offset of it in the segment's list
 */
record FoundEntry(Segment segment, int offset) {}
