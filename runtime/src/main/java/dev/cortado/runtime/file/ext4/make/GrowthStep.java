package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.Bits;
import dev.cortado.runtime.file.ext4.group.DescriptorTable;
import dev.cortado.runtime.file.ext4.group.GroupDescriptor;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.Superblock;
import dev.cortado.runtime.file.ext4.layout.SuperblockWriter;
import dev.cortado.runtime.file.storage.Crc32c;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;

/**
 * Makes a file system larger by no more groups than fill the last block of descriptors, or a new
 * one: completes the group that was the last, and adds others.
 */
final class GrowthStep {
    private static final int SUPERBLOCK_POSITION = 1024;

    /** The superblock, the old last group's bitmap and descriptor, the others' descriptors. */
    private static final int CREDITS = 4;

    private final Storage storage;
    private final MetadataStore store;
    private final Geometry before;
    private final SuperblockWriter superblock;
    private final Geometry after;
    private final DescriptorTable descriptors;
    private final UsedBlocks used;

    GrowthStep(Storage storage, MetadataStore store, Geometry before, long blocks)
            throws FileException {
        this.storage = storage;
        this.store = store;
        this.before = before;
        superblock = SuperblockWriter.of(store.read(superblock(before)), superblockOffset(before));
        after = enlarge(blocks);
        descriptors = new DescriptorTable(after, store);
        used = new UsedBlocks(firstNewBlock(), after.blocks());
    }

    /** The block that has the superblock. */
    static long superblock(Geometry geometry) {
        return SUPERBLOCK_POSITION / geometry.blockBytes();
    }

    static int superblockOffset(Geometry geometry) {
        return SUPERBLOCK_POSITION % geometry.blockBytes();
    }

    private Geometry enlarge(long blocks) throws FileException {
        long groups = Math.ceilDiv(blocks - before.firstDataBlock(), before.blocksPerGroup());
        double share = (double) before.reservedBlocks() / before.blocks();
        long reserved = (long) (share * blocks);
        superblock.setCounts(blocks, groups * before.inodesPerGroup(), reserved);
        int perBlock = before.blockBytes() / before.descriptorBytes();
        long newBlocks = Math.ceilDiv(groups, perBlock) - before.descriptorBlocks();
        superblock.setReservedDescriptorBlocks(before.reservedDescriptorBlocks() - (int) newBlocks);
        return superblock.geometry(storage.bytes());
    }

    private long firstNewBlock() {
        return after.groups() > before.groups()
                ? after.firstBlock(before.groups())
                : after.blocks();
    }

    /** Returns what the file system is after it. */
    Geometry make() throws FileException {
        for (int group = before.groups(); group < after.groups(); group++) {
            long leading = descriptors.leadingBlocks(group);
            if (leading > 0) {
                used.add(after.firstBlock(group), leading);
            }
        }
        GroupPlaces places = GroupPlaces.take(after, before.groups(), used);
        BlockOutput output = new BlockOutput(storage, after.blockBytes());
        ByteBuffer added =
                new NewGroups(after, places, used, output, false)
                        .write(before.groups(), after.groups());
        output.flush();
        ReservedDescriptors reserved = new ReservedDescriptors(store, before, after);
        try (Change change = store.begin(CREDITS + reserved.credits())) {
            long completed = completeLastGroup(change);
            reserved.update(change);
            putDescriptors(change, added);
            putSuperblock(change, completed);
            change.done();
        }
        return after;
    }

    /** Returns how many blocks are free in it that were not there before. */
    private long completeLastGroup(Change change) throws FileException {
        int group = before.groups() - 1;
        long blocks = after.blocksOf(group);
        if (blocks == before.blocksOf(group)) {
            return 0;
        }
        GroupDescriptor descriptor = descriptors.read(group);
        long free = descriptor.freeBlocks() + blocks - before.blocksOf(group);
        boolean isUnused =
                GroupDescriptor.haveChecksums(before)
                        && descriptor.has(GroupDescriptor.BLOCKS_UNUSED);
        int checksum = 0;
        if (!isUnused) {
            long place = descriptor.blockBitmap();
            if (!before.isBlock(place)) {
                throw DamageException.ofGroup(group, "block bitmap outside, at block " + place);
            }
            ByteBuffer bitmap = change.modify(place);
            Bits.clear(bitmap, before.blocksOf(group), blocks);
            int bytes = (int) (after.blocksPerGroup() / Byte.SIZE);
            checksum = Crc32c.update(after.checksumSeed(), bitmap, 0, bytes);
        }
        GroupDescriptor changed = descriptors.modify(change, group);
        changed.setFreeBlocks(free);
        if (!isUnused && after.has(Feature.METADATA_CSUM)) {
            changed.setBlockBitmapChecksum(checksum);
        }
        descriptors.seal(change, group);
        return blocks - before.blocksOf(group);
    }

    private void putDescriptors(Change change, ByteBuffer added) throws FileException {
        int length = after.descriptorBytes();
        int perBlock = after.blockBytes() / length;
        for (int group = before.groups(); group < after.groups(); group++) {
            ByteBuffer block = change.modify(descriptors.place(group));
            int offset = (group - before.groups()) * length;
            block.put(group % perBlock * length, added, offset, length);
        }
    }

    private void putSuperblock(Change change, long completed) throws FileException {
        Superblock old = new Superblock(before, store);
        long first = firstNewBlock();
        long usedBlocks = used.count(first, after.blocks());
        long overhead = before.overheadBlocks();
        superblock.setFree(
                old.freeBlocks() + completed + after.blocks() - first - usedBlocks,
                old.freeInodes() + after.inodes() - before.inodes(),
                overhead == 0 ? 0 : overhead + usedBlocks);
        ByteBuffer bytes = superblock.bytes(0);
        change.modify(superblock(after)).put(superblockOffset(after), bytes, 0, bytes.limit());
    }
}
