package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * How far a file system can be grown.
 *
 * @param blocks that it can have; as many as it has if it cannot be grown
 * @param limit why there are not more, although the disk has them; null if that is all
 */
record GrowthTarget(long blocks, String limit) {
    /** Numbers of blocks have 32 bits without 64bit, and in the inode of reserved blocks. */
    private static final long MOST_BLOCKS_OF_32_BITS = (1L << Integer.SIZE) - 1;

    private static final long MOST_INODES = (1L << Integer.SIZE) - 1;

    /** A group at the end is worth it if so many blocks are left of it for files. */
    private static final int LEAST_OF_LAST_GROUP = 50;

    private static final int BITMAPS = 2;

    static GrowthTarget of(Geometry geometry, long deviceBytes) {
        long held = deviceBytes / geometry.blockBytes();
        if (held > geometry.blocks() && geometry.has(Feature.BIGALLOC)) {
            return new GrowthTarget(geometry.blocks(), "it has clusters (bigalloc)");
        }
        GrowthTarget target = new GrowthTarget(held, null);
        boolean isNarrow =
                !geometry.has(Feature.SIXTY_FOUR_BIT) || geometry.has(Feature.RESIZE_INODE);
        if (isNarrow) {
            target = target.atMost(MOST_BLOCKS_OF_32_BITS, "numbers of blocks have 32 bits");
        }
        long groups = describedGroups(geometry);
        target =
                target.atMost(
                        end(geometry, groups),
                        "there are descriptors for %d groups".formatted(groups));
        long withInodes = MOST_INODES / geometry.inodesPerGroup();
        target = target.atMost(end(geometry, withInodes), "numbers of inodes have 32 bits");
        return target.withoutPoorGroup(geometry);
    }

    /** As many as the blocks of descriptors have room for, and those reserved for more. */
    private static long describedGroups(Geometry geometry) {
        if (geometry.has(Feature.META_BG)) {
            return geometry.groups();
        }
        boolean hasReserved = geometry.has(Feature.RESIZE_INODE);
        long blocks =
                geometry.descriptorBlocks()
                        + (hasReserved ? geometry.reservedDescriptorBlocks() : 0);
        return blocks * (geometry.blockBytes() / geometry.descriptorBytes());
    }

    private static long end(Geometry geometry, long groups) {
        return geometry.firstDataBlock() + groups * geometry.blocksPerGroup();
    }

    private GrowthTarget atMost(long most, String why) {
        return blocks <= most ? this : new GrowthTarget(most, why);
    }

    /** A new last group that its own tables would fill is left out; so is less than there is. */
    private GrowthTarget withoutPoorGroup(Geometry geometry) {
        long inGroups = blocks - geometry.firstDataBlock();
        long group = inGroups / geometry.blocksPerGroup();
        long rest = inGroups % geometry.blocksPerGroup();
        boolean isPoor = group >= geometry.groups() && rest < least(geometry, (int) group);
        return new GrowthTarget(
                Math.max(isPoor ? blocks - rest : blocks, geometry.blocks()), limit);
    }

    private static long least(Geometry geometry, int group) {
        long leading =
                geometry.hasSuperblock(group)
                        ? 1 + geometry.descriptorBlocks() + geometry.reservedDescriptorBlocks()
                        : 0;
        return leading + BITMAPS + geometry.tableBlocks() + LEAST_OF_LAST_GROUP;
    }
}
