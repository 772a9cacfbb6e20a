package dev.cortado.runtime.file.ext4.group;

import java.nio.ByteBuffer;

/**
 * The fields of one group's descriptor, in the block that it is in (kernel,
 * Documentation/filesystems/ext4/group_descr.rst). Numbers that do not fit a descriptor of 32 bytes
 * have their upper halves in the second 32.
 */
final class GroupDescriptor {
    /** The inode bitmap was never written: all inodes are free. */
    static final int INODES_UNUSED = 0x1;

    /** The block bitmap was never written: all but the file system's own blocks are free. */
    static final int BLOCKS_UNUSED = 0x2;

    static final int CHECKSUM = 0x1E;

    private static final int BLOCK_BITMAP = 0x0;
    private static final int INODE_BITMAP = 0x4;
    private static final int INODE_TABLE = 0x8;
    private static final int FREE_BLOCKS = 0xC;
    private static final int FREE_INODES = 0xE;
    private static final int DIRECTORIES = 0x10;
    private static final int FLAGS = 0x12;
    private static final int BLOCK_BITMAP_CHECKSUM = 0x18;
    private static final int INODE_BITMAP_CHECKSUM = 0x1A;
    private static final int UNUSED_INODES = 0x1C;

    private static final int BLOCK_BITMAP_HIGH = 0x20;
    private static final int INODE_BITMAP_HIGH = 0x24;
    private static final int INODE_TABLE_HIGH = 0x28;
    private static final int FREE_BLOCKS_HIGH = 0x2C;
    private static final int FREE_INODES_HIGH = 0x2E;
    private static final int DIRECTORIES_HIGH = 0x30;
    private static final int UNUSED_INODES_HIGH = 0x32;
    private static final int BLOCK_BITMAP_CHECKSUM_HIGH = 0x38;
    private static final int INODE_BITMAP_CHECKSUM_HIGH = 0x3A;

    private final ByteBuffer block;
    private final int offset;
    private final boolean isLarge;

    /**
     * @param block of the descriptor table
     * @param offset of the descriptor in it
     * @param isLarge whether it has upper halves
     */
    GroupDescriptor(ByteBuffer block, int offset, boolean isLarge) {
        this.block = block;
        this.offset = offset;
        this.isLarge = isLarge;
    }

    long blockBitmap() {
        return place(BLOCK_BITMAP, BLOCK_BITMAP_HIGH);
    }

    long inodeBitmap() {
        return place(INODE_BITMAP, INODE_BITMAP_HIGH);
    }

    long inodeTable() {
        return place(INODE_TABLE, INODE_TABLE_HIGH);
    }

    long freeBlocks() {
        return number(FREE_BLOCKS, FREE_BLOCKS_HIGH);
    }

    void setFreeBlocks(long count) {
        setNumber(FREE_BLOCKS, FREE_BLOCKS_HIGH, count);
    }

    long freeInodes() {
        return number(FREE_INODES, FREE_INODES_HIGH);
    }

    void setFreeInodes(long count) {
        setNumber(FREE_INODES, FREE_INODES_HIGH, count);
    }

    long directories() {
        return number(DIRECTORIES, DIRECTORIES_HIGH);
    }

    void setDirectories(long count) {
        setNumber(DIRECTORIES, DIRECTORIES_HIGH, count);
    }

    /** How many inodes at the end of the table were never used. */
    long unusedInodes() {
        return number(UNUSED_INODES, UNUSED_INODES_HIGH);
    }

    void setUnusedInodes(long count) {
        setNumber(UNUSED_INODES, UNUSED_INODES_HIGH, count);
    }

    boolean has(int flag) {
        return (block.getShort(offset + FLAGS) & flag) != 0;
    }

    void clear(int flag) {
        int flags = block.getShort(offset + FLAGS) & ~flag;
        block.putShort(offset + FLAGS, (short) flags);
    }

    /** Whether the checksum of the block bitmap is right, as far as there is room for it. */
    boolean isBlockBitmapChecksum(int checksum) {
        return isChecksum(BLOCK_BITMAP_CHECKSUM, BLOCK_BITMAP_CHECKSUM_HIGH, checksum);
    }

    void setBlockBitmapChecksum(int checksum) {
        setNumber(BLOCK_BITMAP_CHECKSUM, BLOCK_BITMAP_CHECKSUM_HIGH, checksum);
    }

    boolean isInodeBitmapChecksum(int checksum) {
        return isChecksum(INODE_BITMAP_CHECKSUM, INODE_BITMAP_CHECKSUM_HIGH, checksum);
    }

    void setInodeBitmapChecksum(int checksum) {
        setNumber(INODE_BITMAP_CHECKSUM, INODE_BITMAP_CHECKSUM_HIGH, checksum);
    }

    int checksum() {
        return Short.toUnsignedInt(block.getShort(offset + CHECKSUM));
    }

    void setChecksum(int checksum) {
        block.putShort(offset + CHECKSUM, (short) checksum);
    }

    private long place(int low, int high) {
        long number = Integer.toUnsignedLong(block.getInt(offset + low));
        return isLarge ? number | (long) block.getInt(offset + high) << Integer.SIZE : number;
    }

    private long number(int low, int high) {
        int number = Short.toUnsignedInt(block.getShort(offset + low));
        return isLarge
                ? number | Short.toUnsignedLong(block.getShort(offset + high)) << Short.SIZE
                : number;
    }

    private void setNumber(int low, int high, long number) {
        block.putShort(offset + low, (short) number);
        if (isLarge) {
            block.putShort(offset + high, (short) (number >>> Short.SIZE));
        }
    }

    private boolean isChecksum(int low, int high, int checksum) {
        long mask = isLarge ? 0xFFFF_FFFFL : 0xFFFF;
        return number(low, high) == (checksum & mask);
    }
}
