package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.DescriptorTable;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The inodes that are used, as their records say. */
final class UsedInodes {
    /** As many files without a name are taken for a list that has no end. */
    private static final int MOST_ORPHANS = 1 << 20;

    private final BlockGroups groups;
    private final Geometry geometry;
    private final DescriptorTable descriptors;

    /** Without a name, but in the list of those that the next mount removes. */
    private final Set<Long> orphans = new HashSet<>();

    /** Is told of an inode. */
    interface Visitor {
        void inode(InodeRecord record) throws FileException;
    }

    UsedInodes(BlockGroups groups, DescriptorTable descriptors) {
        this.groups = groups;
        this.descriptors = descriptors;
        geometry = groups.geometry();
    }

    /** Follows the list of orphans, from inode to inode. */
    void readOrphans(Findings findings) throws FileException {
        long number = groups.superblock().lastOrphan();
        while (number != 0) {
            boolean isOne = number >= geometry.firstInode() && number <= geometry.inodes();
            if (!isOne || orphans.size() == MOST_ORPHANS || !orphans.add(number)) {
                findings.add("list of orphans: leads to inode %d", number);
                return;
            }
            number = record(number).deleted();
        }
    }

    InodeRecord record(long number) throws FileException {
        ByteBuffer block = groups.store().read(groups.inodeBlock(number));
        return new InodeRecord(geometry, number, block, groups.inodeOffset(number));
    }

    /** How many inodes of a group there is something to know of: those behind were never used. */
    long initialized(int group) throws FileException {
        if (!GroupDescriptor.haveChecksums(geometry)) {
            return geometry.inodesPerGroup();
        }
        GroupDescriptor descriptor = descriptors.read(group);
        return descriptor.has(GroupDescriptor.INODES_UNUSED)
                ? 0
                : Math.max(0, geometry.inodesPerGroup() - descriptor.unusedInodes());
    }

    /** Goes over those of some groups, in the order of their numbers. */
    void forEach(int first, int end, Visitor visitor) throws FileException {
        for (int group = first; group < end; group++) {
            long begin = group * geometry.inodesPerGroup() + 1;
            long count = initialized(group);
            for (long number = begin; number < begin + count; number++) {
                InodeRecord record = record(number);
                if (isUsed(record)) {
                    visitor.inode(record);
                }
            }
        }
    }

    private boolean isUsed(InodeRecord record) {
        if (record.links() > 0 || orphans.contains(record.number())) {
            return true;
        }
        if (record.number() < geometry.firstInode()) {
            return record.mode() != 0;
        }
        // Of those in the file of orphans it is not asked which they are.
        return geometry.has(Feature.ORPHAN_PRESENT) && record.mode() != 0 && record.deleted() == 0;
    }

    boolean isOrphan(InodeRecord record) {
        return record.links() == 0 && record.number() >= geometry.firstInode();
    }

    /** Whether it is the file system's own, and has no name. */
    boolean isSpecial(long number) {
        return number < geometry.firstInode() && number != Geometry.ROOT_INODE
                || number == geometry.orphanFileInode();
    }
}
