package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The descriptor of a new group (Linux, Documentation/filesystems/ext4, "Block Group Descriptors").
 */
final class NewDescriptor {
    /** No inode of the group was ever used: its bitmap and table are not read. */
    static final int INODES_UNUSED = 0x1;

    /** No block of the group is used but by copies of the superblock: its bitmap is not read. */
    static final int BLOCKS_UNUSED = 0x2;

    /** The table is zeros where no inode was used. */
    static final int TABLE_ZEROED = 0x4;

    private static final int FLAGS = 0x12;
    private static final int CHECKSUM = 0x1E;

    private final Geometry geometry;
    private final int group;
    private final ByteBuffer bytes;

    NewDescriptor(Geometry geometry, int group) {
        this.geometry = geometry;
        this.group = group;
        bytes = ByteBuffer.allocate(geometry.descriptorBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    void setPlaces(long blockBitmap, long inodeBitmap, long table) {
        putWide(0x0, 0x20, blockBitmap);
        putWide(0x4, 0x24, inodeBitmap);
        putWide(0x8, 0x28, table);
    }

    /**
     * @param unusedInodes at the end of the table, which were never used
     */
    void setCounts(int freeBlocks, int freeInodes, int directories, int unusedInodes) {
        putHalves(0xC, 0x2C, freeBlocks);
        putHalves(0xE, 0x2E, freeInodes);
        putHalves(0x10, 0x30, directories);
        putHalves(0x1C, 0x32, unusedInodes);
    }

    void setFlags(int flags) {
        bytes.putShort(FLAGS, (short) flags);
    }

    void setBlockBitmap(ByteBuffer bitmap) {
        putHalves(0x18, 0x38, checksum(bitmap, geometry.blocksPerGroup()));
    }

    void setInodeBitmap(ByteBuffer bitmap) {
        putHalves(0x1A, 0x3A, checksum(bitmap, geometry.inodesPerGroup()));
    }

    private int checksum(ByteBuffer bitmap, long bits) {
        return Crc32c.update(geometry.checksumSeed(), bitmap, 0, (int) (bits / Byte.SIZE));
    }

    private void putWide(int low, int high, long number) {
        bytes.putInt(low, (int) number);
        bytes.putInt(high, (int) (number >>> Integer.SIZE));
    }

    private void putHalves(int low, int high, int number) {
        bytes.putShort(low, (short) number);
        bytes.putShort(high, (short) (number >>> Short.SIZE));
    }

    /** With its checksum, from 0 to the limit. */
    ByteBuffer bytes() {
        bytes.putShort(CHECKSUM, (short) 0);
        int crc = Crc32c.update(geometry.checksumSeed(), group);
        crc = Crc32c.update(crc, bytes, 0, bytes.capacity());
        bytes.putShort(CHECKSUM, (short) crc);
        return bytes;
    }
}
