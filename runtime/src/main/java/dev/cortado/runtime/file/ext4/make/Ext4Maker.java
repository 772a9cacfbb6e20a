package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.SuperblockWriter;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Makes an ext4, with the features that mke2fs 1.47 gives one. Little is written, and only what has
 * a meaning: groups that nothing is in say so in their descriptors, and have no bitmaps and tables
 * yet (Linux, Documentation/filesystems/ext4, "Lazy Block Group Initialization").
 */
public final class Ext4Maker {
    /** Groups to a flexible group. */
    private static final int FLEX_BITS = 4;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Storage storage;
    private final MakeOptions options;
    private final MakePlan plan;
    private final SuperblockWriter superblock;
    private final Geometry geometry;
    private final List<Integer> superblockGroups;
    private final BlockOutput output;
    private final UsedBlocks used;

    private Ext4Maker(Storage storage, MakeOptions options) throws FileException {
        this.storage = storage;
        this.options = options;
        plan = MakePlan.of(storage, options);
        superblock = superblock();
        geometry = superblock.geometry(storage.bytes());
        superblockGroups = SuperblockGroups.of(geometry, 0, geometry.groups());
        output = new BlockOutput(storage, plan.blockBytes());
        used = new UsedBlocks(plan.firstDataBlock(), plan.blocks());
    }

    /**
     * Makes one; whatever was on the disk is lost. It ends with the superblock, so that a disk on
     * which this did not come to its end has no file system ({@link BlankStorage} knows it).
     *
     * @return what was made
     * @throws FileException EINVAL if the disk is too small, too large, or its sectors are larger
     *     than the blocks; ENOSPC if there is no room for what the options ask for; EROFS, EIO
     */
    public static Geometry make(Storage storage, MakeOptions options) throws FileException {
        if (storage.isReadOnly()) {
            throw new FileException(Errno.EROFS, storage.name());
        }
        Ext4Maker maker = new Ext4Maker(storage, options);
        try {
            maker.make();
        } catch (FileException e) {
            throw e.path() == null ? new FileException(e.errno(), storage.name()) : e;
        }
        return maker.geometry;
    }

    private SuperblockWriter superblock() {
        SuperblockWriter writer = SuperblockWriter.of(features());
        writer.setShape(
                plan.blockBytes(),
                plan.blocksPerGroup(),
                plan.inodesPerGroup(),
                MakePlan.INODE_BYTES,
                FLEX_BITS);
        long reserved = plan.blocks() * options.reservedPercent() / 100;
        writer.setCounts(plan.blocks(), inodes(), reserved);
        writer.setReservedDescriptorBlocks(plan.reservedDescriptorBlocks());
        writer.setIdentity(options.uuid(), options.label(), options.hashSeed());
        writer.setMade(Math.floorDiv(options.nanos(), NANOS_PER_SECOND));
        return writer;
    }

    private Set<Feature> features() {
        Set<Feature> features =
                EnumSet.of(
                        Feature.EXT_ATTR,
                        Feature.DIR_INDEX,
                        Feature.FILETYPE,
                        Feature.EXTENT,
                        Feature.SIXTY_FOUR_BIT,
                        Feature.FLEX_BG,
                        Feature.SPARSE_SUPER,
                        Feature.LARGE_FILE,
                        Feature.HUGE_FILE,
                        Feature.DIR_NLINK,
                        Feature.EXTRA_ISIZE,
                        Feature.METADATA_CSUM);
        if (plan.journalBlocks() > 0) {
            features.add(Feature.HAS_JOURNAL);
        }
        if (plan.hasReserved()) {
            features.add(Feature.RESIZE_INODE);
        }
        return features;
    }

    private long inodes() {
        return (long) plan.inodesPerGroup() * plan.groups();
    }

    private void make() throws FileException {
        takeSuperblocks();
        GroupPlaces places = GroupPlaces.take(geometry, 0, used);
        BlankStorage.markUnfinished(storage);
        long overhead = used.count(0, plan.blocks()) + plan.journalBlocks();
        FirstInodes first = new FirstInodes(geometry, options, used, output);
        first.makeRoot();
        first.makeLostAndFound();
        if (plan.hasReserved()) {
            first.makeResizeInode();
        }
        if (plan.journalBlocks() > 0) {
            ByteBuffer map = first.makeJournal(plan.journalBlocks());
            long bytes = plan.journalBlocks() * plan.blockBytes();
            superblock.setJournal(FirstInodes.journalNumber(), map, bytes);
        }
        output.write(places.table(0), first.table());
        long freeBlocks = plan.blocks() - used.count(0, plan.blocks());
        superblock.setFree(freeBlocks, inodes() - FirstInodes.COUNT, overhead);
        writeDescriptors(new NewGroups(geometry, places, used, output, options.isZeroed()));
        writeSuperblocks();
    }

    private void takeSuperblocks() {
        int count = 1 + plan.descriptorBlocks() + plan.reservedDescriptorBlocks();
        for (int group : superblockGroups) {
            used.add(geometry.firstBlock(group), count);
        }
    }

    /** Behind every copy of the superblock, a block of them at a time. */
    private void writeDescriptors(NewGroups groups) throws FileException {
        int perBlock = geometry.blockBytes() / geometry.descriptorBytes();
        for (int first = 0; first < plan.groups(); first += perBlock) {
            ByteBuffer descriptors = groups.write(first, Math.min(first + perBlock, plan.groups()));
            ByteBuffer block = output.block().put(0, descriptors, 0, descriptors.capacity());
            for (int group : superblockGroups) {
                output.write(geometry.firstBlock(group) + 1 + first / perBlock, block);
            }
        }
    }

    /** The copies first, and the one that counts when all else is kept for good. */
    private void writeSuperblocks() throws FileException {
        for (int group : superblockGroups.subList(1, superblockGroups.size())) {
            ByteBuffer block = output.block();
            ByteBuffer copy = superblock.bytes(group);
            output.write(geometry.firstBlock(group), block.put(0, copy, 0, copy.limit()));
        }
        output.flush();
        ByteBuffer block = output.block();
        ByteBuffer bytes = superblock.bytes(0);
        int offset = BlankStorage.SUPERBLOCK_POSITION % plan.blockBytes();
        output.write(geometry.firstDataBlock(), block.put(offset, bytes, 0, bytes.limit()));
        output.flush();
    }
}
