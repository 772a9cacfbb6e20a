package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystemStatistics;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * What {@code statvfs} tells, as Linux does: blocks for files, without what the file system takes
 * for itself. What is reserved for root counts as free, since whoever runs here is root.
 */
final class Statistics {
    /** Blocks of a group: of its blocks, and of its inodes. */
    private static final int BITMAPS = 2;

    /** Groups that have a block of descriptors, if the groups that it describes have it. */
    private static final int META_GROUP_COPIES = 3;

    private final Volume volume;
    private final long overhead;

    Statistics(Volume volume) throws FileException {
        this.volume = volume;
        Geometry geometry = volume.geometry();
        long known = geometry.overheadBlocks() * geometry.clusterBlocks();
        boolean isKnown = known > 0 && known < geometry.blocks();
        overhead = isKnown ? known : volume.read(this::count);
    }

    private long count() throws FileException {
        Geometry geometry = volume.geometry();
        long tableBlocks =
                geometry.inodesPerGroup() * geometry.inodeBytes() / geometry.blockBytes();
        long perGroup = BITMAPS + tableBlocks;
        long count = geometry.firstDataBlock() + geometry.groups() * perGroup;
        boolean hasMetaGroups = geometry.has(Feature.META_BG);
        long descriptors =
                hasMetaGroups
                        ? geometry.firstMetaGroup()
                        : geometry.descriptorBlocks() + geometry.reservedDescriptorBlocks();
        for (int group = 0; group < geometry.groups(); group++) {
            count += geometry.hasSuperblock(group) ? 1 + descriptors : 0;
        }
        if (hasMetaGroups) {
            count += META_GROUP_COPIES * (geometry.descriptorBlocks() - descriptors);
        }
        if (geometry.journalInode() != 0) {
            count += volume.table().read(geometry.journalInode()).size() / geometry.blockBytes();
        }
        return Math.clamp(count, 0, geometry.blocks());
    }

    FileSystemStatistics get() throws FileException {
        Geometry geometry = volume.geometry();
        return volume.read(() ->
                new FileSystemStatistics(
                        geometry.blockBytes(),
                        geometry.blocks() - overhead,
                        Math.min(volume.superblock().freeBlocks(), geometry.blocks() - overhead),
                        geometry.inodes(),
                        volume.superblock().freeInodes(),
                        FileName.MAXIMUM_BYTES));
    }
}
