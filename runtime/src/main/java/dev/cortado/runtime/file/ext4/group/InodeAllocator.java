package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;

/** Gives inodes to files, and takes them back. Their records are somebody else's. */
public final class InodeAllocator {
    /**
     * Blocks that {@link #allocate} and {@link #free} change at most: two bitmaps, a descriptor,
     * the superblock.
     */
    public static final int CREDITS = 4;

    private final BlockGroups groups;
    private final InodeBitmap bitmap;
    private final BlockBitmap blockBitmap;
    private final InodePlacement placement;

    public InodeAllocator(BlockGroups groups) {
        this.groups = groups;
        bitmap = new InodeBitmap(groups);
        blockBitmap = new BlockBitmap(groups);
        placement = new InodePlacement(groups, bitmap);
    }

    /**
     * Takes a free inode. Its record has whatever was in its place before.
     *
     * @param parent number of the directory that the file is to be in
     * @return its number
     * @throws FileException ENOSPC, EUCLEAN
     */
    public long allocate(Change change, long parent, boolean isDirectory) throws FileException {
        groups.checkInode(parent);
        int group;
        ByteBuffer bits;
        do {
            group = isDirectory ? placement.ofDirectory(parent) : placement.ofFile(parent);
            if (group < 0) {
                throw new FileException(Errno.ENOSPC);
            }
            // If it is damaged, it is another group the next time.
            bits = bitmap.readUndamaged(group);
        } while (bits == null);
        Geometry geometry = groups.geometry();
        long perGroup = geometry.inodesPerGroup();
        long reserved = group == 0 ? geometry.firstInode() - 1 : 0;
        long bit = Bits.nextClear(bits, Math.min(reserved, perGroup), perGroup);
        if (bit == perGroup) {
            throw DamageException.ofGroup(group, "reserved inodes are free");
        }
        take(change, group, bit, isDirectory);
        return group * perGroup + bit + 1;
    }

    /**
     * Takes a certain inode that is free.
     *
     * @throws FileException EINVAL if there is no inode of that number; EUCLEAN
     */
    public void take(Change change, long inode, boolean isDirectory) throws FileException {
        groups.checkInode(inode);
        int group = groups.geometry().groupOfInode(inode);
        if (Bits.isSet(bitmap.read(group), bit(inode))) {
            throw DamageException.ofInode(inode, "is not free");
        }
        take(change, group, bit(inode), isDirectory);
    }

    private void take(Change change, int group, long bit, boolean isDirectory)
            throws FileException {
        long perGroup = groups.geometry().inodesPerGroup();
        bitmap.change(change, group, bit, bit + 1, true);
        // Linux does so, too, before it gives away a group's first inode.
        blockBitmap.makeUsed(change, group);
        DescriptorTable descriptors = groups.descriptors();
        GroupDescriptor descriptor = descriptors.modify(change, group);
        if (descriptors.hasChecksums()) {
            descriptor.setUnusedInodes(Math.min(descriptor.unusedInodes(), perGroup - bit - 1));
        }
        descriptor.setDirectories(descriptor.directories() + (isDirectory ? 1 : 0));
        descriptors.seal(change, group);
        groups.superblock().addFreeInodes(change, -1);
    }

    /**
     * @throws FileException EUCLEAN if it is free already, or reserved
     */
    public void free(Change change, long inode, boolean isDirectory) throws FileException {
        groups.checkInode(inode);
        int group = groups.geometry().groupOfInode(inode);
        long bit = bit(inode);
        ByteBuffer bits = bitmap.readUndamaged(group);
        if (bits == null) {
            // The group is passed over: the inode is lost.
            return;
        }
        if (inode < groups.geometry().firstInode() || !Bits.isSet(bits, bit)) {
            throw DamageException.ofInode(inode, "freed, but is reserved or free already");
        }
        bitmap.change(change, group, bit, bit + 1, false);
        if (isDirectory) {
            DescriptorTable descriptors = groups.descriptors();
            GroupDescriptor descriptor = descriptors.modify(change, group);
            BlockGroups.check(descriptor.directories() > 0, group, "less than no directories");
            descriptor.setDirectories(descriptor.directories() - 1);
            descriptors.seal(change, group);
        }
        groups.superblock().addFreeInodes(change, 1);
    }

    /**
     * Whether an inode is taken, as its bitmap says; in a group that is passed over, all are.
     *
     * @throws FileException EINVAL if there is no inode of that number; EUCLEAN
     */
    public boolean isUsed(long inode) throws FileException {
        groups.checkInode(inode);
        ByteBuffer bits = bitmap.readUndamaged(groups.geometry().groupOfInode(inode));
        return bits == null || Bits.isSet(bits, bit(inode));
    }

    private long bit(long inode) {
        return (inode - 1) % groups.geometry().inodesPerGroup();
    }
}
