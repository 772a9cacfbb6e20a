package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;

/**
 * Where groups' bitmaps and tables of inodes are: those of all groups of a flexible group together,
 * where it begins (Linux, Documentation/filesystems/ext4, "Flexible Block Groups").
 */
final class GroupPlaces {
    private final long[] blockBitmaps;
    private final long[] inodeBitmaps;
    private final long[] tables;
    private final int firstGroup;

    /**
     * @param firstGroup of those that have places here
     */
    private GroupPlaces(int firstGroup, int count) {
        this.firstGroup = firstGroup;
        blockBitmaps = new long[count];
        inodeBitmaps = new long[count];
        tables = new long[count];
    }

    /**
     * Takes the blocks.
     *
     * @param firstGroup those before it have theirs already
     * @throws FileException ENOSPC
     */
    static GroupPlaces take(Geometry geometry, int firstGroup, UsedBlocks used)
            throws FileException {
        GroupPlaces places = new GroupPlaces(firstGroup, geometry.groups() - firstGroup);
        int perFlex = geometry.groupsPerFlex();
        for (int begin = firstGroup; begin < geometry.groups(); ) {
            int end = Math.min((begin / perFlex + 1) * perFlex, geometry.groups());
            long near = geometry.firstBlock(begin);
            for (int group = begin; group < end; group++) {
                places.blockBitmaps[group - firstGroup] = used.take(near, 1);
            }
            for (int group = begin; group < end; group++) {
                places.inodeBitmaps[group - firstGroup] = used.take(near, 1);
            }
            for (int group = begin; group < end; group++) {
                places.tables[group - firstGroup] = used.take(near, geometry.tableBlocks());
            }
            begin = end;
        }
        return places;
    }

    long blockBitmap(int group) {
        return blockBitmaps[group - firstGroup];
    }

    long inodeBitmap(int group) {
        return inodeBitmaps[group - firstGroup];
    }

    /** The first block of the group's table. */
    long table(int group) {
        return tables[group - firstGroup];
    }
}
