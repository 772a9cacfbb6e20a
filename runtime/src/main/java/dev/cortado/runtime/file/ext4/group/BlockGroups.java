package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;

/**
 * The groups of a file system: what is where in them. Of what changes it keeps only which of them
 * are damaged.
 */
public final class BlockGroups {
    private final Geometry geometry;
    private final Superblock superblock;
    private final MetadataStore store;
    private final DescriptorTable descriptors;
    private final StaticBlocks staticBlocks;
    private final DamagedGroups damaged = new DamagedGroups();
    private final InodeTables tables;

    private BlockGroups(
            Geometry geometry,
            Superblock superblock,
            MetadataStore store,
            DescriptorTable descriptors,
            StaticBlocks staticBlocks) {
        this.geometry = geometry;
        this.superblock = superblock;
        this.store = store;
        this.descriptors = descriptors;
        this.staticBlocks = staticBlocks;
        tables = new InodeTables(descriptors, geometry.groups());
    }

    /**
     * Reads and checks all descriptors.
     *
     * @throws FileException EIO, EUCLEAN
     */
    public static BlockGroups open(Geometry geometry, Superblock superblock, MetadataStore store)
            throws FileException {
        DescriptorTable descriptors = new DescriptorTable(geometry, store);
        StaticBlocks staticBlocks = StaticBlocks.of(geometry, descriptors);
        return new BlockGroups(geometry, superblock, store, descriptors, staticBlocks);
    }

    /**
     * Those of a file system whose journal has not been replayed: the superblock may tell of groups
     * that have no descriptors yet, since it has grown. Nothing is checked, and no block is taken
     * for the file system's own.
     */
    public static BlockGroups beforeRecovery(
            Geometry geometry, Superblock superblock, MetadataStore store) {
        DescriptorTable descriptors = new DescriptorTable(geometry, store);
        return new BlockGroups(geometry, superblock, store, descriptors, StaticBlocks.NONE);
    }

    public Geometry geometry() {
        return geometry;
    }

    public Superblock superblock() {
        return superblock;
    }

    public MetadataStore store() {
        return store;
    }

    /** Whether blocks are on the disk and none of them is the file system's own. */
    public boolean areForFiles(long first, long count) {
        return geometry.isBlock(first)
                && count <= geometry.blocks() - first
                && staticBlocks.firstIn(first, first + count) == first + count;
    }

    /**
     * The block that an inode's record is in.
     *
     * @throws FileException EINVAL if there is no inode of that number; EUCLEAN
     */
    public long inodeBlock(long inode) throws FileException {
        checkInode(inode);
        long table = tables.place(geometry.groupOfInode(inode));
        return table + bytesInTable(inode) / geometry.blockBytes();
    }

    /** Where in {@link #inodeBlock} the record is. */
    public int inodeOffset(long inode) {
        return (int) (bytesInTable(inode) % geometry.blockBytes());
    }

    private long bytesInTable(long inode) {
        return (inode - 1) % geometry.inodesPerGroup() * geometry.inodeBytes();
    }

    /** The sums of all groups' free blocks and inodes, which the superblock's numbers should be. */
    public FreeCounts countFree() throws FileException {
        long blocks = 0;
        long inodes = 0;
        for (int group = 0; group < geometry.groups(); group++) {
            GroupDescriptor descriptor = descriptors.read(group);
            blocks += descriptor.freeBlocks();
            inodes += descriptor.freeInodes();
        }
        return new FreeCounts(blocks, inodes);
    }

    void checkInode(long inode) throws FileException {
        if (inode < 1 || inode > geometry.inodes()) {
            throw new FileException(Errno.EINVAL, "inode " + inode);
        }
    }

    public DamagedGroups damaged() {
        return damaged;
    }

    DescriptorTable descriptors() {
        return descriptors;
    }

    StaticBlocks staticBlocks() {
        return staticBlocks;
    }

    static void check(boolean isRight, int group, String what) throws DamageException {
        if (!isRight) {
            throw DamageException.ofGroup(group, what);
        }
    }
}
