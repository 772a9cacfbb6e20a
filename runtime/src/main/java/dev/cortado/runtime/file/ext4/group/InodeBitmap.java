package dev.cortado.runtime.file.ext4.group;

import java.nio.ByteBuffer;

/** Which inodes of a group are used. */
final class InodeBitmap extends GroupBitmap {
    InodeBitmap(BlockGroups groups) {
        super(groups);
    }

    @Override
    String name() {
        return "inode";
    }

    @Override
    int unusedFlag() {
        return GroupDescriptor.INODES_UNUSED;
    }

    @Override
    long place(GroupDescriptor descriptor) {
        return descriptor.inodeBitmap();
    }

    @Override
    long bits(int group) {
        return geometry().inodesPerGroup();
    }

    @Override
    BlockMark mark() {
        return BlockMark.INODE_BITMAP;
    }

    @Override
    long checkedBits() {
        return geometry().inodesPerGroup();
    }

    @Override
    long free(GroupDescriptor descriptor) {
        return descriptor.freeInodes();
    }

    @Override
    void setFree(GroupDescriptor descriptor, long count) {
        descriptor.setFreeInodes(count);
    }

    @Override
    boolean isChecksum(GroupDescriptor descriptor, int checksum) {
        return descriptor.isInodeBitmapChecksum(checksum);
    }

    @Override
    int checksum(GroupDescriptor descriptor) {
        return descriptor.inodeBitmapChecksum();
    }

    @Override
    void setChecksum(GroupDescriptor descriptor, int checksum) {
        descriptor.setInodeBitmapChecksum(checksum);
    }

    @Override
    void makeUp(int group, ByteBuffer bitmap) {}
}
