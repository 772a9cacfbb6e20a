package dev.cortado.runtime.file.ext4.group;

/**
 * What is free in all groups.
 *
 * @param blocks reserved ones included
 */
public record FreeCounts(long blocks, long inodes) {}
