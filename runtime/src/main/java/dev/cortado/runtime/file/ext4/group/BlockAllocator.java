package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.DamageException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.transaction.Change;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Gives blocks to files, and takes them back. */
public final class BlockAllocator {
    /** Blocks that {@link #allocate} changes: a bitmap, a descriptor, the superblock. */
    public static final int CREDITS = 3;

    private final BlockGroups groups;
    private final BlockBitmap bitmap;
    private final FreeRunSearch search;
    private final long reserve;

    /**
     * @param usesReserve whether the blocks may be given away, too, that the superblock reserves
     */
    public BlockAllocator(BlockGroups groups, boolean usesReserve) {
        this.groups = groups;
        bitmap = new BlockBitmap(groups);
        search = new FreeRunSearch(groups, bitmap);
        reserve = usesReserve ? 0 : groups.geometry().reservedBlocks();
    }

    /**
     * Takes free blocks, near a goal if there are any.
     *
     * @param goal the block that would be best
     * @param wanted how many, at least 1
     * @param limit the block that all must be in front of
     * @return one or more, up to as many as wanted
     * @throws FileException ENOSPC, also if all that are free are held until a commit; EUCLEAN
     */
    public BlockRun allocate(Change change, long goal, long wanted, long limit)
            throws FileException {
        long count = Math.min(wanted, groups.superblock().freeBlocks() - reserve);
        BlockRun found = count > 0 ? search.find(goal, count, limit) : null;
        if (found == null) {
            throw new FileException(Errno.ENOSPC);
        }
        Geometry geometry = groups.geometry();
        int group = geometry.groupOfBlock(found.first());
        if (!groups.areForFiles(found.first(), found.count())) {
            throw DamageException.ofGroup(
                    group, "the bitmap says that metadata is free, near block " + found.first());
        }
        long from = found.first() - geometry.firstBlock(group);
        bitmap.change(change, group, from, from + found.count(), true);
        groups.superblock().addFreeBlocks(change, -found.count());
        return found;
    }

    /**
     * Takes certain blocks. It changes two blocks of each group that they are in, and the
     * superblock.
     *
     * @throws FileException EUCLEAN if one is not free, or never was to be given away
     */
    public void take(Change change, long first, long count) throws FileException {
        List<BlockRun> others = takeFree(change, first, count);
        if (!others.isEmpty()) {
            long block = others.getFirst().first();
            throw DamageException.ofGroup(
                    groups.geometry().groupOfBlock(block), "block " + block + " is not free");
        }
    }

    /**
     * Takes those of certain blocks that are free.
     *
     * @return the others
     * @throws FileException EUCLEAN if one never was to be given away
     */
    public List<BlockRun> takeFree(Change change, long first, long count) throws FileException {
        if (count <= 0 || !groups.areForFiles(first, count)) {
            throw DamageException.ofSuperblock(
                    count + " blocks taken from " + first + " that are no file's");
        }
        Geometry geometry = groups.geometry();
        List<BlockRun> others = new ArrayList<>();
        long at = first;
        while (at < first + count) {
            int group = geometry.groupOfBlock(at);
            long begin = geometry.firstBlock(group);
            long end = Math.min(first + count - begin, geometry.blocksOf(group));
            long free = Bits.nextClear(bitmap.read(group), at - begin, end);
            if (begin + free > at) {
                others.add(new BlockRun(at, begin + free - at));
            }
            long used = Bits.nextSet(bitmap.read(group), free, end);
            if (used > free) {
                bitmap.change(change, group, free, used, true);
                groups.superblock().addFreeBlocks(change, free - used);
            }
            at = begin + used;
        }
        return others;
    }

    /**
     * Frees blocks. It changes two blocks of each group that they are in, and the superblock.
     *
     * @throws FileException EUCLEAN if one is free already, or never was to be given away
     */
    public void free(Change change, long first, long count) throws FileException {
        if (!groups.areForFiles(first, count)) {
            throw DamageException.ofSuperblock(
                    count + " blocks freed from " + first + " that are no file's");
        }
        Geometry geometry = groups.geometry();
        long freed = 0;
        long at = first;
        while (at < first + count) {
            int group = geometry.groupOfBlock(at);
            long begin = geometry.firstBlock(group);
            long end = Math.min(first + count, begin + geometry.blocksOf(group));
            if (freeInGroup(change, group, at - begin, end - begin)) {
                freed += end - at;
            }
            at = end;
        }
        groups.superblock().addFreeBlocks(change, freed);
        change.free(first, count);
    }

    /** False if the group is passed over: the blocks are lost. */
    private boolean freeInGroup(Change change, int group, long from, long end)
            throws FileException {
        ByteBuffer bits = bitmap.readUndamaged(group);
        if (bits == null) {
            return false;
        }
        long free = Bits.nextClear(bits, from, end);
        if (free < end) {
            throw DamageException.ofGroup(
                    group,
                    "block " + (groups.geometry().firstBlock(group) + free) + " is freed twice");
        }
        bitmap.change(change, group, from, end, false);
        return true;
    }
}
