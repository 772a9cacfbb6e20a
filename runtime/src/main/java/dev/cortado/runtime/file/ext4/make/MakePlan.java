package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.storage.Storage;

/**
 * The numbers of a file system that is to be made.
 *
 * @param blocks of the file system, those before the first group's included
 * @param firstDataBlock where the first group begins
 * @param inodesPerGroup a multiple of 8, and of how many a block has
 * @param descriptorBlocks of all groups' descriptors
 * @param reservedDescriptorBlocks behind them, for growing
 * @param journalBlocks 0 if there is no journal
 */
record MakePlan(
        int blockBytes,
        long blocks,
        int firstDataBlock,
        int blocksPerGroup,
        int groups,
        int inodesPerGroup,
        int descriptorBlocks,
        int reservedDescriptorBlocks,
        long journalBlocks) {
    static final int INODE_BYTES = 256;

    private static final long LEAST_BYTES = 1 << 20;
    private static final int SMALL_BLOCK_BYTES = 1024;
    private static final int USUAL_BLOCK_BYTES = 4096;

    /** From here on blocks have the usual size. */
    private static final long USUAL_FROM_BYTES = 64L << 20;

    /** Some more than those that are used from the beginning. */
    private static final int LEAST_INODES = 16;

    /** The larger a disk, the larger its files are thought to be; with an exception. */
    private static final long TINY_UP_TO_BYTES = 3L << 20;

    private static final long SMALL_UP_TO_BYTES = 512L << 20;

    private static final long BIG_FROM_BYTES = 4L << 40;
    private static final long HUGE_FROM_BYTES = 16L << 40;

    /** Numbers of blocks in block maps, which the inode for growing has, have 32 bits. */
    private static final long MOST_MAPPED_BLOCKS = 1L << Integer.SIZE;

    /** Growing is prepared for up to so many times the size. */
    private static final int GROWTH = 1024;

    /** Counts of blocks and inodes of a group had 16 bits once, and their limits stayed. */
    private static final int MOST_BLOCKS_PER_GROUP = 65528;

    /** A journal takes changes of that part of it (JBD2: a quarter). */
    private static final int SHARE_OF_CHANGE = 4;

    private static final int OTHER_CHANGED_BLOCKS = 16;

    /** Less than that is not worth a group at the end (mke2fs does the same). */
    private static final int LEAST_OF_LAST_GROUP = 50;

    /**
     * Fits numbers to a disk.
     *
     * @throws FileException EINVAL if it is too small or too large, or its sectors are larger than
     *     the blocks; the message says so
     */
    static MakePlan of(Storage storage, MakeOptions options) throws FileException {
        long bytes = storage.bytes();
        if (bytes < LEAST_BYTES) {
            throw refused(storage, "%d bytes are too few, it takes 1 MiB".formatted(bytes));
        }
        int blockBytes = blockBytes(storage, options);
        if (blockBytes < storage.sectorBytes()) {
            throw refused(
                    storage,
                    "blocks of %d bytes are smaller than its sectors, of %d"
                            .formatted(blockBytes, storage.sectorBytes()));
        }
        int first = blockBytes == SMALL_BLOCK_BYTES ? 1 : 0;
        int perGroup = Math.min(blockBytes * Byte.SIZE, MOST_BLOCKS_PER_GROUP);
        int perDescriptorBlock = blockBytes / Geometry.LARGE_DESCRIPTOR_BYTES;
        long blocks = bytes / blockBytes;
        long groups = Math.ceilDiv(blocks - first, perGroup);
        long descriptorBlocks = Math.ceilDiv(groups, perDescriptorBlock);
        if (descriptorBlocks > perGroup / 2) {
            throw refused(storage, "too large for blocks of %d bytes".formatted(blockBytes));
        }
        long journal = journalBlocks(options, blocks);
        int reserved =
                Math.min(
                        reserved(blockBytes, blocks - first, perGroup, (int) descriptorBlocks),
                        mostReserved(journal));
        long rest = (blocks - first) % perGroup;
        if (groups > 1 && rest > 0 && rest < descriptorBlocks + reserved + LEAST_OF_LAST_GROUP) {
            blocks -= rest;
            groups--;
            descriptorBlocks = Math.ceilDiv(groups, perDescriptorBlock);
        }
        int inodes = inodesPerGroup(storage, options, blockBytes, blocks, groups);
        return new MakePlan(
                blockBytes,
                blocks,
                first,
                perGroup,
                (int) groups,
                inodes,
                (int) descriptorBlocks,
                reserved,
                journal);
    }

    private static int blockBytes(Storage storage, MakeOptions options) {
        if (options.blockBytes() != MakeOptions.CHOOSE) {
            return options.blockBytes();
        }
        int usual = storage.bytes() < USUAL_FROM_BYTES ? SMALL_BLOCK_BYTES : USUAL_BLOCK_BYTES;
        int asAWhole = Math.min(storage.physicalBytes(), USUAL_BLOCK_BYTES);
        return Math.max(Math.max(usual, asAWhole), storage.sectorBytes());
    }

    /** In whole blocks of the table, and whole bytes of the bitmap. */
    private static int inodesPerGroup(
            Storage storage, MakeOptions options, int blockBytes, long blocks, long groups)
            throws FileException {
        long all = blocks * blockBytes / bytesPerInode(storage, options);
        int perBlock = blockBytes / INODE_BYTES;
        long wanted = Math.ceilDiv(Math.ceilDiv(all, groups), perBlock) * perBlock;
        int step = Math.max(perBlock, Byte.SIZE);
        long most = Math.min(blockBytes * Byte.SIZE, MOST_BLOCKS_PER_GROUP);
        long inodes = Math.clamp(wanted, Math.max(step, LEAST_INODES), most) / step * step;
        if (inodes * groups >= 1L << Integer.SIZE) {
            throw refused(storage, "too many inodes: ask for more bytes per inode");
        }
        return (int) inodes;
    }

    private static long bytesPerInode(Storage storage, MakeOptions options) {
        if (options.bytesPerInode() != MakeOptions.CHOOSE) {
            return options.bytesPerInode();
        }
        if (storage.bytes() < TINY_UP_TO_BYTES) {
            return 8192;
        }
        if (storage.bytes() < SMALL_UP_TO_BYTES) {
            return 4096;
        }
        if (storage.bytes() < BIG_FROM_BYTES) {
            return 16384;
        }
        return storage.bytes() < HUGE_FROM_BYTES ? 32768 : 65536;
    }

    /** As many as the growth that is prepared for takes, and as one block can list. */
    private static int reserved(int blockBytes, long blocks, int perGroup, int descriptorBlocks) {
        if (blocks >= MOST_MAPPED_BLOCKS) {
            return 0;
        }
        long grown = Math.min(blocks * GROWTH, MOST_MAPPED_BLOCKS - 1);
        long perBlock = blockBytes / Geometry.LARGE_DESCRIPTOR_BYTES;
        long wanted = Math.ceilDiv(Math.ceilDiv(grown, perGroup), perBlock) - descriptorBlocks;
        return (int) Math.clamp(wanted, 0, blockBytes / Integer.BYTES);
    }

    /** Growing changes all of them at once, which has to fit into the journal. */
    private static int mostReserved(long journalBlocks) {
        return journalBlocks == 0
                ? Integer.MAX_VALUE
                : (int) journalBlocks / SHARE_OF_CHANGE - OTHER_CHANGED_BLOCKS;
    }

    private static long journalBlocks(MakeOptions options, long blocks) {
        if (options.journalBlocks() != MakeOptions.CHOOSE) {
            return options.journalBlocks();
        }
        if (blocks < 2048) {
            return 0;
        }
        if (blocks < 1 << 15) {
            return MakeOptions.LEAST_JOURNAL_BLOCKS;
        }
        // From 2 to the 18th blocks on it doubles at each of these.
        long[] steps = {1 << 18, 1 << 19, 1 << 22, 1 << 23, 1 << 24, 1 << 25};
        long journal = 1 << 12;
        for (long step : steps) {
            if (blocks >= step) {
                journal *= 2;
            }
        }
        return journal;
    }

    /** Whether the inode is there that holds blocks for growing. */
    boolean hasReserved() {
        return reservedDescriptorBlocks > 0;
    }

    private static FileException refused(Storage storage, String why) {
        return new FileException(Errno.EINVAL, storage.name() + ": " + why);
    }
}
