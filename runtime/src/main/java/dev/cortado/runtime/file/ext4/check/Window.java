package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * Groups whose blocks and inodes are looked at together. What is known of each of them needs
 * memory; a large file system is gone over several times, for some of its groups each time.
 */
record Window(Geometry geometry, int first, int end) {
    /** For an inode: its state, its names, its directories. */
    private static final int BYTES_PER_INODE = 1 + 2 * Integer.BYTES;

    /** The first, for as many groups as fit some memory; at least one. */
    static Window first(Geometry geometry, long memoryBytes) {
        long perGroup =
                geometry.blocksPerGroup() / Byte.SIZE + geometry.inodesPerGroup() * BYTES_PER_INODE;
        int groups = (int) Math.clamp(memoryBytes / perGroup, 1, geometry.groups());
        return new Window(geometry, 0, groups);
    }

    boolean isFirst() {
        return first == 0;
    }

    boolean isLast() {
        return end == geometry.groups();
    }

    Window next() {
        return new Window(geometry, end, Math.min(geometry.groups(), end + (end - first)));
    }

    boolean hasInode(long inode) {
        int group = geometry.groupOfInode(inode);
        return group >= first && group < end;
    }

    /** The first block of the first group. */
    long firstBlock() {
        return geometry.firstBlock(first);
    }

    /** The block behind the last group. */
    long endBlock() {
        return geometry.firstBlock(end - 1) + geometry.blocksOf(end - 1);
    }
}
