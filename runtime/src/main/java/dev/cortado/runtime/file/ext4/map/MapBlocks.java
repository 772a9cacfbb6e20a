package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.Change;
import dev.cortado.runtime.file.storage.transaction.MetadataStore;

/** The blocks that a file has, of its data and of its map: taken, counted and given back. */
final class MapBlocks {
    private final BlockGroups groups;
    private final BlockAllocator allocator;
    private final MapRoot root;
    private final long limit;

    /**
     * @param limit the block of the disk that all must be in front of
     */
    MapBlocks(BlockGroups groups, BlockAllocator allocator, MapRoot root, long limit) {
        this.groups = groups;
        this.allocator = allocator;
        this.root = root;
        this.limit = limit;
    }

    MapRoot root() {
        return root;
    }

    MetadataStore store() {
        return groups.store();
    }

    Geometry geometry() {
        return groups.geometry();
    }

    /** Where a file has its first block, if it can: in the group of its inode. */
    long goal() {
        return geometry().firstBlock(geometry().groupOfInode(root.number()));
    }

    BlockRun take(Change change, long goal, long wanted) throws FileException {
        BlockRun run = allocator.allocate(change, goal, wanted, limit);
        root.addBlocks(change, run.count());
        return run;
    }

    void giveBack(Change change, long first, long count) throws FileException {
        allocator.free(change, first, count);
        root.addBlocks(change, -count);
    }

    /** The first of some blocks, all in one group, that end with the last of these. */
    long firstInGroupOfLast(long first, long count) {
        long begin = geometry().firstBlock(geometry().groupOfBlock(first + count - 1));
        return Math.max(first, begin);
    }

    /**
     * @param where the block that the number is from, 0 for the inode
     */
    void check(long first, long count, long where) throws DamageException {
        if (!groups.areForFiles(first, count)) {
            throw damage(where, "leads to block " + first + ", which is no file's");
        }
    }

    DamageException damage(long where, String what) {
        return where == 0
                ? DamageException.ofInode(root.number(), what)
                : DamageException.ofBlock(root.number(), where, what);
    }
}
