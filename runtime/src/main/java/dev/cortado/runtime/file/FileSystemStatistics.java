package dev.cortado.runtime.file;

/**
 * What {@code statvfs} tells (POSIX, sys/statvfs.h).
 *
 * @param blockBytes size of the blocks that the next two count
 * @param files how many files there can be
 * @param freeFiles how many more there can be
 * @param nameBytes of the longest name
 */
public record FileSystemStatistics(
        int blockBytes, long blocks, long freeBlocks, long files, long freeFiles, int nameBytes) {}
