package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The inode that holds the blocks reserved for more descriptors, so that they are somebody's
 * (Linux, Documentation/filesystems/ext4, "Special inodes", 7). Its block map has one doubly
 * indirect block; that lists the reserved blocks behind the first superblock, each at its number;
 * and each of these lists the blocks in its place behind the superblock's copies.
 */
public final class ResizeInode {
    public static final long NUMBER = 7;

    /** Where {@code i_block} has the doubly indirect block. */
    static final int DOUBLY_INDIRECT = 13;

    private static final int DIRECT = 12;

    private final Geometry geometry;
    private final int perBlock;

    /** Groups with a copy of the superblock. */
    private final List<Integer> copies;

    public ResizeInode(Geometry geometry) {
        this.geometry = geometry;
        perBlock = geometry.blockBytes() / Integer.BYTES;
        copies = SuperblockGroups.of(geometry, 1, geometry.groups());
    }

    /** The size it says to have: as large as a doubly indirect block can make it. */
    long size() {
        return ((long) perBlock * perBlock + perBlock + DIRECT) * geometry.blockBytes();
    }

    /** Blocks that it has, with the doubly indirect one. */
    public long blocks() {
        return 1 + (long) geometry.reservedDescriptorBlocks() * (1 + copies.size());
    }

    /** Its {@code i_block}. */
    ByteBuffer map(long doublyIndirect) {
        ByteBuffer map = ByteBuffer.allocate(InodeRecord.MAP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        map.putInt(DOUBLY_INDIRECT * Integer.BYTES, (int) doublyIndirect);
        return map;
    }

    /** Writes the doubly indirect block, and those that it lists. */
    void write(BlockOutput output, long doublyIndirect) throws FileException {
        ByteBuffer list = output.block();
        ByteBuffer reserved = output.block();
        for (int i = 0; i < geometry.reservedDescriptorBlocks(); i++) {
            long behindSuperblock = geometry.descriptorBlocks() + i;
            long block = geometry.firstDataBlock() + 1 + behindSuperblock;
            list.putInt((int) (behindSuperblock % perBlock) * Integer.BYTES, (int) block);
            for (int copy = 0; copy < copies.size(); copy++) {
                long place = geometry.firstBlock(copies.get(copy)) + 1 + behindSuperblock;
                reserved.putInt(copy * Integer.BYTES, (int) place);
            }
            output.write(block, reserved);
        }
        output.write(doublyIndirect, list);
    }

    /**
     * Whether an inode has what it is to have.
     *
     * @return its doubly indirect block
     * @throws FileException EUCLEAN; EIO
     */
    public long verify(MetadataStore store, InodeRecord inode) throws FileException {
        int field = inode.mapOffset() + DOUBLY_INDIRECT * Integer.BYTES;
        long doublyIndirect = Integer.toUnsignedLong(inode.bytes().getInt(field));
        if (!geometry.isBlock(doublyIndirect)) {
            throw DamageException.ofInode(NUMBER, "no doubly indirect block");
        }
        for (int i = 0; i < geometry.reservedDescriptorBlocks(); i++) {
            long behindSuperblock = geometry.descriptorBlocks() + i;
            long block = geometry.firstDataBlock() + 1 + behindSuperblock;
            int slot = (int) (behindSuperblock % perBlock);
            verify(store, doublyIndirect, slot, block);
            for (int copy = 0; copy < copies.size(); copy++) {
                long place = geometry.firstBlock(copies.get(copy)) + 1 + behindSuperblock;
                verify(store, block, copy, place);
            }
        }
        return doublyIndirect;
    }

    private static void verify(MetadataStore store, long list, int slot, long expected)
            throws FileException {
        long listed = Integer.toUnsignedLong(store.read(list).getInt(slot * Integer.BYTES));
        if (listed != expected) {
            throw DamageException.ofBlock(
                    NUMBER, list, "block %d instead of %d".formatted(listed, expected));
        }
    }
}
