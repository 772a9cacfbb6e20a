package dev.cortado.runtime.file.ext4.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockAllocator;
import dev.cortado.runtime.file.ext4.group.BlockGroups;
import dev.cortado.runtime.file.storage.transaction.Change;

/** The map of one file's blocks: an extent tree or a block map. It keeps nothing in memory. */
public final class FileMap {
    /** Behind the last block of the disk that an extent leads to: numbers of 48 bits. */
    static final long EXTENT_PLACE_LIMIT = 1L << 48;

    /** Blocks that {@link #allocate} changes at most in a file that has few blocks. */
    public static final int CREDITS_TO_BEGIN =
            Math.max(ExtentInsertion.credits(1), PointerMap.CREDITS);

    /** Extents that an inode has room for. */
    static final int MOST_SMALL_PARTS = 4;

    /**
     * Blocks that {@link #remove} changes of a {@linkplain #isSmall small} map at most: each part
     * is in two groups.
     */
    public static final int CREDITS_TO_REMOVE_SMALL =
            2 * MOST_SMALL_PARTS * BlockAllocator.CREDITS + ExtentRemoval.credits(0);

    private final MapForm form;

    public FileMap(BlockGroups groups, BlockAllocator allocator, MapRoot root) {
        form =
                root.hasExtents()
                        ? new ExtentMap(new MapBlocks(groups, allocator, root, EXTENT_PLACE_LIMIT))
                        : new PointerMap(
                                new MapBlocks(groups, allocator, root, PointerMap.PLACE_LIMIT));
    }

    /** Makes the map of a new file, which has no blocks: sets {@code i_block}. */
    public void clear(Change change) throws FileException {
        form.clear(change);
    }

    /** The first block of a file that no map of this form reaches any more. */
    public long limit() {
        return form.limit();
    }

    /**
     * Where the blocks of a file are.
     *
     * @param block of the file, 0 or more; behind {@link #limit} is a hole
     * @throws FileException EIO, EUCLEAN
     */
    public Mapping lookup(long block) throws FileException {
        return block >= limit() ? Mapping.hole(Long.MAX_VALUE - block) : form.lookup(block);
    }

    /**
     * Blocks to write into: what is a hole there is given blocks, and what is unwritten is made
     * written. The caller writes them before the change is committed. For a longer range this is
     * called again for the rest.
     *
     * @param block of the file, 0 or more
     * @param count how many are wanted, at least 1
     * @return the first of them, as many as are one behind the other
     * @throws FileException ENOSPC, EFBIG, EIO, EUCLEAN
     */
    public Mapping allocate(Change change, long block, long count) throws FileException {
        if (block >= limit()) {
            throw new FileException(Errno.EFBIG);
        }
        return form.allocate(change, block, Math.min(count, limit() - block));
    }

    /**
     * Gives a hole blocks that were taken for it.
     *
     * @param block of the file, the first
     * @param place of the first on the disk
     * @throws FileException EOPNOTSUPP for a map without extents; EFBIG, ENOSPC, EUCLEAN
     */
    public void place(Change change, long block, long count, long place, boolean isUnwritten)
            throws FileException {
        if (!(form instanceof ExtentMap extents)) {
            throw new FileException(Errno.EOPNOTSUPP, "a file without extents");
        }
        extents.place(change, block, count, place, isUnwritten);
    }

    /**
     * Whether all is in the inode, and leads to no more blocks than a group has, in at most {@link
     * #MOST_SMALL_PARTS} parts. Only an empty map without extents is.
     */
    public boolean isSmall() throws FileException {
        return form.isSmall();
    }

    /** Blocks that one call of {@link #allocate} changes at most. */
    public int creditsToAllocate() throws FileException {
        return form.creditsToAllocate();
    }

    /**
     * Frees blocks, from the end backwards, as far as the change has credits. If that was not all,
     * the caller does {@link Change#next} and calls again with what is left.
     *
     * @param from the first block of the file to be freed
     * @param to the block behind the last; {@link #limit} for all
     * @return behind which block there is nothing left up to {@code to}: {@code from} at the end
     */
    public long remove(Change change, long from, long to) throws FileException {
        return from < limit() ? form.remove(change, from, Math.min(to, limit())) : from;
    }

    /** Blocks that a change must have credits for, so that {@link #remove} gets on. */
    public int creditsToRemove() throws FileException {
        return form.creditsToRemove();
    }
}
