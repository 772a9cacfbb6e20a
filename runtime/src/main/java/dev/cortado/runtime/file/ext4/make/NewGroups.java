package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the bitmaps of new groups, as far as they are needed, and says what their descriptors are.
 * Where descriptors have no checksums, all has to be there from the beginning.
 */
final class NewGroups {
    private final Geometry geometry;
    private final GroupPlaces places;
    private final UsedBlocks used;
    private final BlockOutput output;
    private final boolean isZeroed;
    private final boolean isLazy;
    private final boolean hasBitmapChecksums;

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
        this.isZeroed = isZeroed;
        isLazy = GroupDescriptor.haveChecksums(geometry);
        hasBitmapChecksums = geometry.has(Feature.METADATA_CSUM);
    }

    /**
     * Writes what is in some groups.
     *
     * @return their descriptors, one behind the other
     */
    ByteBuffer write(int first, int end) throws FileException {
        int length = geometry.descriptorBytes();
        ByteBuffer descriptors =
                ByteBuffer.allocate((end - first) * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int group = first; group < end; group++) {
            int offset = (group - first) * length;
            write(group, new GroupDescriptor(geometry, descriptors, offset));
        }
        return descriptors;
    }

    private void write(int group, GroupDescriptor descriptor) throws FileException {
        descriptor.setPlaces(
                places.blockBitmap(group), places.inodeBitmap(group), places.table(group));
        int usedInodes = group == 0 ? FirstInodes.COUNT : 0;
        if (usedInodes > 0) {
            descriptor.setDirectories(FirstInodes.DIRECTORIES);
        }
        if (usedInodes > 0 || !isLazy) {
            int checksum = writeInodeBitmap(group, usedInodes);
            descriptor.setInodeBitmapChecksum(hasBitmapChecksums ? checksum : 0);
        } else {
            descriptor.set(GroupDescriptor.INODES_UNUSED);
        }
        long first = geometry.firstBlock(group);
        long blocks = geometry.blocksOf(group);
        long usedBlocks = used.count(first, first + blocks);
        if (isUnused(group, usedBlocks)) {
            descriptor.set(GroupDescriptor.BLOCKS_UNUSED);
        } else {
            int checksum = writeBlockBitmap(group);
            descriptor.setBlockBitmapChecksum(hasBitmapChecksums ? checksum : 0);
        }
        long freeInodes = geometry.inodesPerGroup() - usedInodes;
        descriptor.setFreeBlocks(blocks - usedBlocks);
        descriptor.setFreeInodes(freeInodes);
        descriptor.setUnusedInodes(isLazy ? freeInodes : 0);
        if (isZeroed) {
            descriptor.set(GroupDescriptor.TABLE_ZEROED);
        } else if (!isLazy) {
            output.zero(places.table(group), geometry.tableBlocks());
        }
        descriptor.seal(geometry, group);
    }

    /** What a bitmap is without being written: the superblock and descriptors, nothing else. */
    private boolean isUnused(int group, long usedBlocks) {
        long own =
                geometry.hasSuperblock(group)
                        ? 1 + geometry.descriptorBlocks() + geometry.reservedDescriptorBlocks()
                        : 0;
        return isLazy && usedBlocks == own && group > 0 && group < geometry.groups() - 1;
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
    private int writeInodeBitmap(int group, int usedInodes) throws FileException {
        ByteBuffer bitmap = output.block();
        Bits.set(bitmap, 0, usedInodes);
        Bits.set(bitmap, geometry.inodesPerGroup(), (long) bitmap.capacity() * Byte.SIZE);
        output.write(places.inodeBitmap(group), bitmap);
        return checksum(bitmap, geometry.inodesPerGroup());
    }

    private int checksum(ByteBuffer bitmap, long bits) {
        return Crc32c.update(geometry.checksumSeed(), bitmap, 0, (int) (bits / Byte.SIZE));
    }
}
