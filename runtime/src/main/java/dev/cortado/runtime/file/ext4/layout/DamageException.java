package dev.cortado.runtime.file.ext4.layout;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;

/** What is on the disk cannot be: EUCLEAN. The message says what and where. */
public final class DamageException extends FileException {
    private static final long serialVersionUID = 1;

    private final long inode;
    private final long block;

    /**
     * @param inode whose part is damaged, or 0
     * @param block that is damaged, or 0
     * @param what is wrong, for people to read
     */
    private DamageException(long inode, long block, String what) {
        super(Errno.EUCLEAN, what);
        this.inode = inode;
        this.block = block;
    }

    /** Of an inode or what belongs to it. */
    public static DamageException ofInode(long inode, String what) {
        return new DamageException(inode, 0, "inode " + inode + ": " + what);
    }

    /** Of a block of an inode: of its map, its directory or its attributes. */
    public static DamageException ofBlock(long inode, long block, String what) {
        return new DamageException(
                inode, block, "inode " + inode + ", block " + block + ": " + what);
    }

    /** Of a group's descriptor, bitmaps or tables. */
    public static DamageException ofGroup(long group, String what) {
        return new DamageException(0, 0, "group " + group + ": " + what);
    }

    /** Of the superblock. */
    public static DamageException ofSuperblock(String what) {
        return new DamageException(0, 0, "superblock: " + what);
    }

    /** Whose part is damaged; 0 if it is no inode's. */
    public long inode() {
        return inode;
    }

    /** Which block is damaged; 0 if that is not known. */
    public long block() {
        return block;
    }
}
