package dev.cortado.runtime.file.ext4.check;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.group.DescriptorTable;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bitmaps and counts of a window's groups, compared with what is used. */
final class BitmapCheck {
    private final MetadataStore store;
    private final DescriptorTable descriptors;
    private final Geometry geometry;
    private final boolean hasFlags;
    private final Findings findings;

    BitmapCheck(
            MetadataStore store,
            DescriptorTable descriptors,
            Geometry geometry,
            Findings findings) {
        this.store = store;
        this.descriptors = descriptors;
        this.geometry = geometry;
        this.findings = findings;
        hasFlags = GroupDescriptor.haveChecksums(geometry);
    }

    /**
     * @param used bits of the blocks that somebody has
     * @param own how many of them are the file system's own
     */
    void checkBlocks(int group, ByteBuffer used, long own) throws FileException {
        GroupDescriptor descriptor = descriptors.read(group);
        long blocks = geometry.blocksOf(group);
        long free = Bits.countClear(used, blocks);
        if (free != descriptor.freeBlocks()) {
            findings.add("group %d: %d free blocks, not %d", group, free, descriptor.freeBlocks());
        }
        if (hasFlags && descriptor.has(GroupDescriptor.BLOCKS_UNUSED)) {
            if (blocks - free != own) {
                findings.add("group %d: blocks are used, but it says that none was", group);
            }
            return;
        }
        ByteBuffer bitmap = store.read(descriptor.blockBitmap());
        if (geometry.has(Feature.METADATA_CSUM)
                && !descriptor.isBlockBitmapChecksum(checksum(bitmap, geometry.blocksPerGroup()))) {
            findings.add("group %d: wrong checksum of the block bitmap", group);
        }
        compare(group, "block", geometry.firstBlock(group), bitmap, used, blocks);
    }

    void checkInodes(int group, InodeStates states, long initialized) throws FileException {
        GroupDescriptor descriptor = descriptors.read(group);
        long inodes = geometry.inodesPerGroup();
        long first = group * inodes + 1;
        ByteBuffer used = ByteBuffer.allocate(geometry.blockBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < inodes; i++) {
            if (first + i < geometry.firstInode() || i < initialized && states.isUsed(first + i)) {
                Bits.set(used, i, i + 1);
            }
        }
        long free = Bits.countClear(used, inodes);
        if (free != descriptor.freeInodes()) {
            findings.add("group %d: %d free inodes, not %d", group, free, descriptor.freeInodes());
        }
        if (hasFlags && descriptor.has(GroupDescriptor.INODES_UNUSED)) {
            return;
        }
        ByteBuffer bitmap = store.read(descriptor.inodeBitmap());
        if (geometry.has(Feature.METADATA_CSUM)
                && !descriptor.isInodeBitmapChecksum(checksum(bitmap, inodes))) {
            findings.add("group %d: wrong checksum of the inode bitmap", group);
        }
        compare(group, "inode", first, bitmap, used, inodes);
    }

    void checkDirectories(int group, long directories) throws FileException {
        long said = descriptors.read(group).directories();
        if (said != directories) {
            findings.add("group %d: %d directories, not %d", group, directories, said);
        }
    }

    /** Says of each kind of difference how many there are, and where the first is. */
    private void compare(
            int group, String what, long first, ByteBuffer bitmap, ByteBuffer used, long end) {
        long unmarked = 0;
        long firstUnmarked = 0;
        long marked = 0;
        long firstMarked = 0;
        for (long bit = 0; bit < end; bit++) {
            boolean isUsed = Bits.isSet(used, bit);
            if (isUsed == Bits.isSet(bitmap, bit)) {
                continue;
            }
            if (isUsed) {
                firstUnmarked = unmarked++ == 0 ? first + bit : firstUnmarked;
            } else {
                firstMarked = marked++ == 0 ? first + bit : firstMarked;
            }
        }
        if (unmarked > 0) {
            findings.add(
                    "group %d: %d %ss are used, but free in the bitmap; the first is %d",
                    group, unmarked, what, firstUnmarked);
        }
        if (marked > 0) {
            findings.add(
                    "group %d: %d %ss are used in the bitmap, but free; the first is %d",
                    group, marked, what, firstMarked);
        }
        long all = (long) geometry.blockBytes() * Byte.SIZE;
        if (Bits.nextClear(bitmap, end, all) < all) {
            findings.add("group %d: the %s bitmap does not end in ones", group, what);
        }
    }

    private int checksum(ByteBuffer bitmap, long bits) {
        return Crc32c.update(geometry.checksumSeed(), bitmap, 0, (int) (bits / Byte.SIZE));
    }
}
