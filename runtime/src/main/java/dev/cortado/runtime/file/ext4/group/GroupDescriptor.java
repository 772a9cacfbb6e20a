package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;

/**
 * The fields of one group's descriptor, in the block that it is in (kernel,
 * Documentation/filesystems/ext4/group_descr.rst). Numbers that do not fit a descriptor of 32 bytes
 * have their upper halves in the second 32.
 */
public final class GroupDescriptor {
    /** The inode bitmap was never written: all inodes are free. */
    public static final int INODES_UNUSED = 0x1;

    /** The block bitmap was never written: all but the file system's own blocks are free. */
    public static final int BLOCKS_UNUSED = 0x2;

    /** What was never used of the inode table is zeros. */
    public static final int TABLE_ZEROED = 0x4;

    private static final int CHECKSUM = 0x1E;

    /** Stands for the checksum where it is computed. */
    private static final ByteBuffer NO_CHECKSUM = ByteBuffer.allocate(Short.BYTES);

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
     */
    public GroupDescriptor(Geometry geometry, ByteBuffer block, int offset) {
        this.block = block;
        this.offset = offset;
        isLarge = geometry.descriptorBytes() >= Geometry.LARGE_DESCRIPTOR_BYTES;
    }

    /** Whether flags and checksums of descriptors mean anything. */
    public static boolean haveChecksums(Geometry geometry) {
        return geometry.has(Feature.METADATA_CSUM) || geometry.has(Feature.UNINIT_BG);
    }

    public long blockBitmap() {
        return place(BLOCK_BITMAP, BLOCK_BITMAP_HIGH);
    }

    public long inodeBitmap() {
        return place(INODE_BITMAP, INODE_BITMAP_HIGH);
    }

    public long inodeTable() {
        return place(INODE_TABLE, INODE_TABLE_HIGH);
    }

    /** Sets where its bitmaps and its inode table are. */
    public void setPlaces(long blockBitmap, long inodeBitmap, long inodeTable) {
        setPlace(BLOCK_BITMAP, BLOCK_BITMAP_HIGH, blockBitmap);
        setPlace(INODE_BITMAP, INODE_BITMAP_HIGH, inodeBitmap);
        setPlace(INODE_TABLE, INODE_TABLE_HIGH, inodeTable);
    }

    public long freeBlocks() {
        return number(FREE_BLOCKS, FREE_BLOCKS_HIGH);
    }

    public void setFreeBlocks(long count) {
        setNumber(FREE_BLOCKS, FREE_BLOCKS_HIGH, count);
    }

    public long freeInodes() {
        return number(FREE_INODES, FREE_INODES_HIGH);
    }

    public void setFreeInodes(long count) {
        setNumber(FREE_INODES, FREE_INODES_HIGH, count);
    }

    public long directories() {
        return number(DIRECTORIES, DIRECTORIES_HIGH);
    }

    public void setDirectories(long count) {
        setNumber(DIRECTORIES, DIRECTORIES_HIGH, count);
    }

    /** How many inodes at the end of the table were never used. */
    public long unusedInodes() {
        return number(UNUSED_INODES, UNUSED_INODES_HIGH);
    }

    public void setUnusedInodes(long count) {
        setNumber(UNUSED_INODES, UNUSED_INODES_HIGH, count);
    }

    public boolean has(int flag) {
        return (block.getShort(offset + FLAGS) & flag) != 0;
    }

    public void set(int flag) {
        int flags = block.getShort(offset + FLAGS) | flag;
        block.putShort(offset + FLAGS, (short) flags);
    }

    public void clear(int flag) {
        int flags = block.getShort(offset + FLAGS) & ~flag;
        block.putShort(offset + FLAGS, (short) flags);
    }

    /** Whether the checksum of the block bitmap is right, as far as there is room for it. */
    public boolean isBlockBitmapChecksum(int checksum) {
        return isChecksum(BLOCK_BITMAP_CHECKSUM, BLOCK_BITMAP_CHECKSUM_HIGH, checksum);
    }

    /** As far as there is room for it. */
    public int blockBitmapChecksum() {
        return (int) number(BLOCK_BITMAP_CHECKSUM, BLOCK_BITMAP_CHECKSUM_HIGH);
    }

    public void setBlockBitmapChecksum(int checksum) {
        setNumber(BLOCK_BITMAP_CHECKSUM, BLOCK_BITMAP_CHECKSUM_HIGH, checksum);
    }

    public boolean isInodeBitmapChecksum(int checksum) {
        return isChecksum(INODE_BITMAP_CHECKSUM, INODE_BITMAP_CHECKSUM_HIGH, checksum);
    }

    /** As far as there is room for it. */
    public int inodeBitmapChecksum() {
        return (int) number(INODE_BITMAP_CHECKSUM, INODE_BITMAP_CHECKSUM_HIGH);
    }

    public void setInodeBitmapChecksum(int checksum) {
        setNumber(INODE_BITMAP_CHECKSUM, INODE_BITMAP_CHECKSUM_HIGH, checksum);
    }

    /** Whether the checksum of the descriptor itself is right, if it has one. */
    public boolean isSealed(Geometry geometry, int group) {
        int stored = Short.toUnsignedInt(block.getShort(offset + CHECKSUM));
        return !haveChecksums(geometry) || stored == checksum(geometry, group);
    }

    /** Makes the checksum right, as the last thing that is done to a descriptor. */
    public void seal(Geometry geometry, int group) {
        if (haveChecksums(geometry)) {
            block.putShort(offset + CHECKSUM, (short) checksum(geometry, group));
        }
    }

    private int checksum(Geometry geometry, int group) {
        int behind = CHECKSUM + Short.BYTES;
        int rest = geometry.descriptorBytes() - behind;
        if (geometry.has(Feature.METADATA_CSUM)) {
            int crc = Crc32c.update(geometry.checksumSeed(), group);
            crc = Crc32c.update(crc, block, offset, CHECKSUM);
            crc = Crc32c.update(crc, NO_CHECKSUM, 0, NO_CHECKSUM.capacity());
            return Crc32c.update(crc, block, offset + behind, rest) & 0xFFFF;
        }
        byte[] uuid = geometry.uuid();
        int crc = Crc16.update(Crc16.BEGIN, ByteBuffer.wrap(uuid), 0, uuid.length);
        crc = Crc16.update(crc, group);
        crc = Crc16.update(crc, block, offset, CHECKSUM);
        return Crc16.update(crc, block, offset + behind, rest);
    }

    private void setPlace(int low, int high, long block) {
        this.block.putInt(offset + low, (int) block);
        if (isLarge) {
            this.block.putInt(offset + high, (int) (block >>> Integer.SIZE));
        }
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
