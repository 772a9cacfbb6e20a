package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * Which group a new file's inode is to be in. Files are near their directory; directories are near
 * theirs as long as the group has no more of them and no less room than others, and those of the
 * root are spread (after G. Orlov's allocator of BSD).
 */
final class InodePlacement {
    private final BlockGroups groups;
    private final InodeBitmap bitmap;

    InodePlacement(BlockGroups groups, InodeBitmap bitmap) {
        this.groups = groups;
        this.bitmap = bitmap;
    }

    /** That of the parent, else one near it, else the next that has any; -1 if none has. */
    int ofFile(long parent) throws FileException {
        int first = groups.geometry().groupOfInode(parent);
        int count = groups.geometry().groups();
        int group = first;
        for (int step = 1; step < count; step *= 2) {
            if (hasRoom(group, 1, 0)) {
                return group;
            }
            group = (group + step) % count;
        }
        return nextWithRoom(first, 1, 0);
    }

    /** -1 if no group has a free inode. */
    int ofDirectory(long parent) throws FileException {
        Geometry geometry = groups.geometry();
        long averageInodes = groups.superblock().freeInodes() / geometry.groups();
        long averageBlocks = groups.superblock().freeBlocks() / geometry.groups();
        int found =
                parent == Geometry.ROOT_INODE
                        ? leastDirectories(averageInodes, averageBlocks)
                        : nextWithRoom(
                                geometry.groupOfInode(parent),
                                averageInodes - geometry.inodesPerGroup() / 4,
                                averageBlocks - geometry.blocksPerGroup() / 4);
        return found >= 0 ? found : nextWithRoom(geometry.groupOfInode(parent), 1, 0);
    }

    /** Of the groups with as much room as others, the one with the fewest directories. */
    private int leastDirectories(long inodes, long blocks) throws FileException {
        int best = -1;
        long least = Long.MAX_VALUE;
        for (int group = 0; group < groups.geometry().groups(); group++) {
            long directories = groups.descriptors().read(group).directories();
            if (directories < least && hasRoom(group, inodes, blocks)) {
                best = group;
                least = directories;
            }
        }
        return best;
    }

    private int nextWithRoom(int first, long inodes, long blocks) throws FileException {
        int count = groups.geometry().groups();
        for (int i = 0; i < count; i++) {
            int group = (first + i) % count;
            if (hasRoom(group, inodes, blocks)) {
                return group;
            }
        }
        return -1;
    }

    private boolean hasRoom(int group, long inodes, long blocks) throws FileException {
        GroupDescriptor descriptor = groups.descriptors().read(group);
        return descriptor.freeInodes() >= Math.max(1, inodes)
                && descriptor.freeBlocks() >= blocks
                && !bitmap.isDamaged(group);
    }
}
