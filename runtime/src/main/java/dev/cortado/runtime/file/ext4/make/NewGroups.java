package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes the descriptors of new groups, and the bitmaps of those that something is in. */
final class NewGroups {
    private final Geometry geometry;
    private final GroupPlaces places;
    private final UsedBlocks used;
    private final BlockOutput output;
    private final int unusedFlags;

    /**
     * @param isZeroed whether tables that are not written are zeros
     */
    NewGroups(
            Geometry geometry,
            GroupPlaces places,
            UsedBlocks used,
            BlockOutput output,
            boolean isZeroed) {
        this.geometry = geometry;
        this.places = places;
        this.used = used;
        this.output = output;
        unusedFlags = isZeroed ? GroupDescriptor.TABLE_ZEROED : 0;
    }

    /** Descriptors go behind every copy of the superblock, a block of them at a time. */
    void write() throws FileException {
        List<Long> superblocks = new ArrayList<>();
        for (int group = 0; group < geometry.groups(); group++) {
            if (geometry.hasSuperblock(group)) {
                superblocks.add(geometry.firstBlock(group));
            }
        }
        int perBlock = geometry.blockBytes() / geometry.descriptorBytes();
        for (int begin = 0; begin < geometry.groups(); begin += perBlock) {
            ByteBuffer block = output.block();
            int end = Math.min(begin + perBlock, geometry.groups());
            for (int group = begin; group < end; group++) {
                int offset = (group - begin) * geometry.descriptorBytes();
                describe(group, new GroupDescriptor(geometry, block, offset));
            }
            for (long superblock : superblocks) {
                output.write(superblock + 1 + begin / perBlock, block);
            }
        }
    }

    private void describe(int group, GroupDescriptor descriptor) throws FileException {
        descriptor.setPlaces(
                places.blockBitmap(group), places.inodeBitmap(group), places.table(group));
        descriptor.set(unusedFlags);
        if (group == 0) {
            descriptor.setInodeBitmapChecksum(writeInodeBitmap());
            descriptor.setDirectories(FirstInodes.DIRECTORIES);
        } else {
            descriptor.set(GroupDescriptor.INODES_UNUSED);
        }
        long first = geometry.firstBlock(group);
        long blocks = geometry.blocksOf(group);
        long usedBlocks = used.count(first, first + blocks);
        if (isUnused(group, usedBlocks)) {
            descriptor.set(GroupDescriptor.BLOCKS_UNUSED);
        } else {
            descriptor.setBlockBitmapChecksum(writeBlockBitmap(group));
        }
        long freeInodes = geometry.inodesPerGroup() - (group == 0 ? FirstInodes.COUNT : 0);
        descriptor.setFreeBlocks(blocks - usedBlocks);
        descriptor.setFreeInodes(freeInodes);
        descriptor.setUnusedInodes(freeInodes);
        descriptor.seal(geometry, group);
    }

    /** What a bitmap is without being written: the superblock and descriptors, nothing else. */
    private boolean isUnused(int group, long usedBlocks) {
        long own =
                geometry.hasSuperblock(group)
                        ? 1 + geometry.descriptorBlocks() + geometry.reservedDescriptorBlocks()
                        : 0;
        return usedBlocks == own && group > 0 && group < geometry.groups() - 1;
    }

    /** Returns its checksum. */
    private int writeBlockBitmap(int group) throws FileException {
        long first = geometry.firstBlock(group);
        long blocks = geometry.blocksOf(group);
        ByteBuffer bitmap = output.block();
        used.mark(bitmap, first, first + blocks);
        Bits.set(bitmap, blocks, (long) bitmap.capacity() * Byte.SIZE);
        output.write(places.blockBitmap(group), bitmap);
        return checksum(bitmap, geometry.blocksPerGroup());
    }

    /** Returns its checksum. */
    private int writeInodeBitmap() throws FileException {
        ByteBuffer bitmap = output.block();
        Bits.set(bitmap, 0, FirstInodes.COUNT);
        Bits.set(bitmap, geometry.inodesPerGroup(), (long) bitmap.capacity() * Byte.SIZE);
        output.write(places.inodeBitmap(0), bitmap);
        return checksum(bitmap, geometry.inodesPerGroup());
    }

    private int checksum(ByteBuffer bitmap, long bits) {
        return Crc32c.update(geometry.checksumSeed(), bitmap, 0, (int) (bits / Byte.SIZE));
    }
}
