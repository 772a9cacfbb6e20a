package dev.cortado.runtime.file.ext4.group;

import java.nio.ByteBuffer;

/** Which blocks of a group are used; those of the file system itself are. */
final class BlockBitmap extends GroupBitmap {
    BlockBitmap(BlockGroups groups) {
        super(groups);
    }

    @Override
    String name() {
        return "block";
    }

    @Override
    int unusedFlag() {
        return GroupDescriptor.BLOCKS_UNUSED;
    }

    @Override
    long place(GroupDescriptor descriptor) {
        return descriptor.blockBitmap();
    }

    @Override
    long bits(int group) {
        return geometry().blocksOf(group);
    }

    @Override
    BlockMark mark() {
        return BlockMark.BLOCK_BITMAP;
    }

    @Override
    long checkedBits() {
        return geometry().blocksPerGroup();
    }

    @Override
    long free(GroupDescriptor descriptor) {
        return descriptor.freeBlocks();
    }

    @Override
    void setFree(GroupDescriptor descriptor, long count) {
        descriptor.setFreeBlocks(count);
    }

    @Override
    boolean isChecksum(GroupDescriptor descriptor, int checksum) {
        return descriptor.isBlockBitmapChecksum(checksum);
    }

    @Override
    int checksum(GroupDescriptor descriptor) {
        return descriptor.blockBitmapChecksum();
    }

    @Override
    void setChecksum(GroupDescriptor descriptor, int checksum) {
        descriptor.setBlockBitmapChecksum(checksum);
    }

    /** The tables of other groups, which flex_bg puts here, are in it, too. */
    @Override
    void makeUp(int group, ByteBuffer bitmap) {
        StaticBlocks staticBlocks = groups().staticBlocks();
        long begin = geometry().firstBlock(group);
        long end = begin + bits(group);
        long at = staticBlocks.firstIn(begin, end);
        while (at < end) {
            long behind = staticBlocks.firstBehind(at, end);
            Bits.set(bitmap, at - begin, behind - begin);
            at = staticBlocks.firstIn(behind, end);
        }
    }
}
