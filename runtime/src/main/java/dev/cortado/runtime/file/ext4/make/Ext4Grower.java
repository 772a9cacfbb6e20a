package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Feature;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.SuperblockWriter;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;
import java.nio.ByteBuffer;

/**
 * Lets a file system that is not mounted fill a disk that has become larger. It grows in steps of
 * as many groups as one block describes; each is one change of the store, before which all that
 * lies behind the old end is on the disk for good. So a journal makes it safe to crash at any time:
 * the file system is then as large as it was after some step. The superblock's copies are written
 * last, since nobody needs them but who mends a file system.
 */
public final class Ext4Grower {
    /**
     * What came of it.
     *
     * @param blocksBefore that the file system had
     * @param blocks that it has
     * @param limit why the rest of the disk is not used; null if it is
     */
    public record Growth(long blocksBefore, long blocks, String limit) {
        public boolean isGrown() {
            return blocks > blocksBefore;
        }
    }

    private final Storage storage;
    private final MetadataStore store;

    private Ext4Grower(Storage storage, MetadataStore store) {
        this.storage = storage;
        this.store = store;
    }

    /**
     * Grows it as far as the disk and the descriptors' reserve go. Who opened the store with the
     * old geometry closes it after that, and reads the new one.
     *
     * @param store of the file system, whose journal has been replayed
     * @param geometry as it is before
     * @throws FileException EUCLEAN, EIO. What has been grown until then stays
     */
    public static Growth grow(Storage storage, MetadataStore store, Geometry geometry)
            throws FileException {
        GrowthTarget target = GrowthTarget.of(geometry, storage.bytes());
        if (target.blocks() <= geometry.blocks()) {
            return new Growth(geometry.blocks(), geometry.blocks(), target.limit());
        }
        Geometry grown = new Ext4Grower(storage, store).growTo(geometry, target.blocks());
        String limit =
                grown.blocks() < target.blocks()
                        ? "its journal has no room for a larger change"
                        : target.limit();
        return new Growth(geometry.blocks(), grown.blocks(), limit);
    }

    private Geometry growTo(Geometry before, long blocks) throws FileException {
        Geometry geometry = before;
        while (geometry.blocks() < blocks) {
            long end = Math.min(blocks, endOfStep(geometry));
            Geometry next = step(geometry, end);
            if (next == null) {
                // Groups without a copy of the superblock take much smaller changes.
                long less = Math.min(end, beforeNextCopy(geometry));
                next = less > geometry.blocks() && less < end ? step(geometry, less) : null;
            }
            if (next == null) {
                break;
            }
            geometry = next;
        }
        store.commit(store.transaction());
        writeCopies(geometry);
        return geometry;
    }

    /** Makes a step; null if the journal is too small for it. */
    private Geometry step(Geometry geometry, long end) throws FileException {
        GrowthStep step = new GrowthStep(storage, store, geometry, end);
        try {
            return step.make();
        } catch (FileException e) {
            if (e.errno() != Errno.ENOSPC) {
                throw e;
            }
            return null;
        }
    }

    private static long beforeNextCopy(Geometry geometry) {
        int group = geometry.groups();
        while (!geometry.hasSuperblock(group)) {
            group++;
        }
        return geometry.firstDataBlock() + group * geometry.blocksPerGroup();
    }

    /** Up to where the descriptors fill a block. */
    private static long endOfStep(Geometry geometry) {
        long perBlock = geometry.blockBytes() / geometry.descriptorBytes();
        long groups = (geometry.groups() / perBlock + 1) * perBlock;
        return geometry.firstDataBlock() + groups * geometry.blocksPerGroup();
    }

    private void writeCopies(Geometry geometry) throws FileException {
        BlockOutput output = new BlockOutput(storage, geometry.blockBytes());
        long superblock = GrowthStep.superblock(geometry);
        int offset = GrowthStep.superblockOffset(geometry);
        SuperblockWriter writer = SuperblockWriter.of(store.read(superblock), offset);
        long descriptors = geometry.has(Feature.META_BG) ? 0 : geometry.descriptorBlocks();
        for (int group : SuperblockGroups.of(geometry, 1, geometry.groups())) {
            ByteBuffer bytes = writer.bytes(group);
            ByteBuffer copy = output.block().put(0, bytes, 0, bytes.limit());
            long first = geometry.firstBlock(group);
            output.write(first, copy);
            for (long i = 1; i <= descriptors; i++) {
                ByteBuffer block = store.read(superblock + i);
                output.write(first + i, copy.put(0, block, 0, copy.capacity()));
            }
        }
        output.flush();
    }
}
