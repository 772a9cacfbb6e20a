package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import dev.cortado.runtime.file.storage.Crc32c;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The extents of a new file without holes: in the inode, or in one block more (Linux,
 * Documentation/filesystems/ext4, "Extent Tree").
 */
final class NewExtents {
    /** Blocks of an extent that was written to. */
    static final int LONGEST = 1 << 15;

    private static final int MAGIC = 0xF30A;
    private static final int ENTRY_BYTES = 12;
    private static final int CHECKSUM_BYTES = 4;
    private static final int IN_INODE = InodeRecord.MAP_BYTES / ENTRY_BYTES - 1;

    private NewExtents() {}

    /** Whether they are too many for an inode. */
    static boolean needBlock(List<BlockRun> runs) {
        return runs.size() > IN_INODE;
    }

    /** What the inode has of few extents. */
    static ByteBuffer map(List<BlockRun> runs) {
        ByteBuffer map = newMap();
        putExtents(map, IN_INODE, runs);
        return map;
    }

    /** What it has if they are in a block of their own. */
    static ByteBuffer map(long leaf) {
        ByteBuffer map = newMap();
        putHeader(map, 1, IN_INODE, 1);
        map.putInt(ENTRY_BYTES + 4, (int) leaf);
        map.putShort(ENTRY_BYTES + 8, (short) (leaf >>> Integer.SIZE));
        return map;
    }

    private static ByteBuffer newMap() {
        return ByteBuffer.allocate(InodeRecord.MAP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Fills that block.
     *
     * @param checksumSeed of the inode
     * @throws FileException ENOSPC if they are too many even for that
     */
    static void fillLeaf(ByteBuffer leaf, List<BlockRun> runs, int checksumSeed)
            throws FileException {
        int most = (leaf.capacity() - CHECKSUM_BYTES) / ENTRY_BYTES - 1;
        if (runs.size() > most) {
            throw new FileException(Errno.ENOSPC);
        }
        putExtents(leaf, most, runs);
        int end = (most + 1) * ENTRY_BYTES;
        leaf.putInt(end, Crc32c.update(checksumSeed, leaf, 0, end));
    }

    private static void putExtents(ByteBuffer node, int most, List<BlockRun> runs) {
        putHeader(node, runs.size(), most, 0);
        int at = ENTRY_BYTES;
        long logical = 0;
        for (BlockRun run : runs) {
            node.putInt(at, (int) logical);
            node.putShort(at + 4, (short) run.count());
            node.putShort(at + 6, (short) (run.first() >>> Integer.SIZE));
            node.putInt(at + 8, (int) run.first());
            at += ENTRY_BYTES;
            logical += run.count();
        }
    }

    private static void putHeader(ByteBuffer node, int entries, int most, int depth) {
        node.putShort(0, (short) MAGIC);
        node.putShort(2, (short) entries);
        node.putShort(4, (short) most);
        node.putShort(6, (short) depth);
    }
}
