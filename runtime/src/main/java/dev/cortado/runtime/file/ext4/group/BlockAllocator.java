package dev.cortado.runtime.file.ext4.group;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.transaction.Change;

/** Gives blocks to files, and takes them back. */
public final class BlockAllocator {
    /** Blocks that {@link #allocate} changes: a bitmap, a descriptor, the superblock. */
    public static final int CREDITS = 3;

    /**
     * @param usesReserve whether {@code s_r_blocks_count} blocks may be given away too
     */
    public BlockAllocator(BlockGroups groups, boolean usesReserve) {}

    /**
     * Takes free blocks, near a goal if there are any.
     *
     * @param goal the block that would be best
     * @param wanted how many, at least 1
     * @return one or more, up to as many as wanted
     * @throws FileException ENOSPC, also if all that are free are held until a commit; EUCLEAN
     */
    public BlockRun allocate(Change change, long goal, long wanted) throws FileException {
        throw new UnsupportedOperationException();
    }

    /**
     * Frees blocks. It changes two blocks of each group that they are in, and the superblock.
     *
     * @throws FileException EUCLEAN if one is free already, or never was to be given away
     */
    public void free(Change change, long first, long count) throws FileException {
        throw new UnsupportedOperationException();
    }
}
