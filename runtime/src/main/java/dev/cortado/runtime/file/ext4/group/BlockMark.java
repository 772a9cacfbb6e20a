package dev.cortado.runtime.file.ext4.group;

/**
 * What a block in memory was found to be, and whose: checksums of a whole block are not computed
 * again and again ({@link dev.cortado.runtime.file.storage.transaction.MetadataStore#mark}).
 */
public enum BlockMark {
    DESCRIPTORS,

    /** Some of the block's descriptors are damaged; each is looked at by itself. */
    DAMAGED_DESCRIPTORS,
    BLOCK_BITMAP,
    INODE_BITMAP,
    EXTENTS,
    ENTRIES,
    INDEX;

    private static final int SHIFT = 3;

    /**
     * @param owner a group, or an inode: 0 to 2^32
     * @return never 0
     */
    public long of(long owner) {
        return owner << SHIFT | ordinal() + 1;
    }
}
