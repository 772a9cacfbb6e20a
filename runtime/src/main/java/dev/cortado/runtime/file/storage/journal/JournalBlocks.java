package dev.cortado.runtime.file.storage.journal;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.transaction.BlockRanges;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a journal's blocks are: in a file of the file system, anywhere on its disk, or on a disk of
 * their own.
 */
public final class JournalBlocks {
    private static final int EXT_SUPERBLOCK_END = 2048;

    private final Storage storage;
    private final int blockBytes;
    private final int superblock;

    /** The first place of each extent, by the number of its first block in the journal. */
    private final TreeMap<Integer, Long> places = new TreeMap<>();

    private final BlockRanges all = new BlockRanges();
    private int count;

    /** A journal in a file, to which its extents are {@linkplain #add added}. */
    public JournalBlocks(Storage storage, int blockBytes) {
        this(storage, blockBytes, 0);
    }

    private JournalBlocks(Storage storage, int blockBytes, int superblock) {
        this.storage = storage;
        this.blockBytes = blockBytes;
        this.superblock = superblock;
    }

    /**
     * A journal on a disk of its own, which begins with a superblock of ext4 (journal.rst,
     * "External Journal").
     */
    public static JournalBlocks onDisk(Storage storage, int blockBytes) throws FileException {
        int superblock = Math.ceilDiv(EXT_SUPERBLOCK_END, blockBytes);
        JournalBlocks blocks = new JournalBlocks(storage, blockBytes, superblock);
        blocks.add(0, Math.min(storage.bytes() / blockBytes, Integer.MAX_VALUE));
        return blocks;
    }

    /**
     * The journal's next blocks.
     *
     * @param first their place, in blocks of the disk
     * @throws FileException EUCLEAN if they are not on the disk, or belong to the journal already
     */
    public void add(long first, long extentBlocks) throws FileException {
        long onDisk = storage.bytes() / blockBytes;
        if (first < 0
                || extentBlocks <= 0
                || extentBlocks > Integer.MAX_VALUE - count
                || first > onDisk - extentBlocks
                || all.containsAny(first, extentBlocks)) {
            throw new FileException(
                    Errno.EUCLEAN,
                    "%s: a journal's %d blocks at %d of %d"
                            .formatted(storage.name(), extentBlocks, first, onDisk));
        }
        places.put(count, first);
        all.add(first, extentBlocks);
        count += (int) extentBlocks;
    }

    Storage storage() {
        return storage;
    }

    int blockBytes() {
        return blockBytes;
    }

    /** The number of the superblock. */
    int superblock() {
        return superblock;
    }

    int count() {
        return count;
    }

    /** Whether a block of a disk is one of the journal's. */
    boolean contains(Storage disk, long place) {
        return disk == storage && all.contains(place);
    }

    /** The position of a block on the disk, in bytes. */
    long position(int block) {
        Map.Entry<Integer, Long> extent = places.floorEntry(block);
        return (extent.getValue() + block - extent.getKey()) * blockBytes;
    }

    /** How many blocks from one on are neighbours on the disk, up to a limit. */
    int neighbours(int block, int limit) {
        Integer next = places.higherKey(block);
        return Math.min(limit, (next == null ? count : next) - block);
    }

    /** Reads blocks that are neighbours. */
    void read(int block, ByteBuffer to) throws FileException {
        storage.read(position(block), to);
    }
}
