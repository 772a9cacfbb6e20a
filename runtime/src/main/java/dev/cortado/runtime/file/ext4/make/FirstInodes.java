package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import dev.cortado.runtime.file.ext4.group.BlockRun;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.layout.InodeFlag;
import dev.cortado.runtime.file.ext4.layout.InodeRecord;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The inodes that a file system begins with: the root directory, lost+found in it, the journal, and
 * what is reserved for growing. Their blocks are taken and written here.
 */
final class FirstInodes {
    /** Used from the beginning: those for the file system itself, and lost+found. */
    static final int COUNT = 11;

    static final int DIRECTORIES = 2;

    private static final long LOST_AND_FOUND = 11;
    private static final long JOURNAL = 8;

    /** What fsck finds is put there, when it is better not to take new blocks. */
    private static final int LOST_AND_FOUND_BYTES = 16384;

    /** Blocks that a map has room for without a block more. */
    private static final int MOST_LOST_AND_FOUND_BLOCKS = 12;

    private static final int LEAST_LOST_AND_FOUND_BLOCKS = 2;

    private final Geometry geometry;
    private final MakeOptions options;
    private final UsedBlocks used;
    private final BlockOutput output;
    private final ByteBuffer table;

    FirstInodes(Geometry geometry, MakeOptions options, UsedBlocks used, BlockOutput output) {
        this.geometry = geometry;
        this.options = options;
        this.used = used;
        this.output = output;
        table = output.blocks(Math.ceilDiv(COUNT * geometry.inodeBytes(), geometry.blockBytes()));
    }

    /** The table's first blocks, which have all of them. */
    ByteBuffer table() {
        return table;
    }

    void makeRoot() throws FileException {
        InodeRecord inode = directory(Geometry.ROOT_INODE, 0755, 3);
        long block = used.take(geometry.firstDataBlock(), 1);
        finish(inode, geometry.blockBytes(), List.of(new BlockRun(block, 1)));
        NewDirectory entries = new NewDirectory(output.block());
        entries.add(".", Geometry.ROOT_INODE).add("..", Geometry.ROOT_INODE);
        entries.add("lost+found", LOST_AND_FOUND);
        output.write(block, entries.seal(inode.checksumSeed()));
    }

    void makeLostAndFound() throws FileException {
        InodeRecord inode = directory(LOST_AND_FOUND, 0700, 2);
        int blocks =
                Math.clamp(
                        LOST_AND_FOUND_BYTES / geometry.blockBytes(),
                        LEAST_LOST_AND_FOUND_BLOCKS,
                        MOST_LOST_AND_FOUND_BLOCKS);
        long first = used.take(geometry.firstDataBlock(), blocks);
        finish(inode, (long) blocks * geometry.blockBytes(), List.of(new BlockRun(first, blocks)));
        NewDirectory entries = new NewDirectory(output.block());
        entries.add(".", LOST_AND_FOUND).add("..", Geometry.ROOT_INODE);
        output.write(first, entries.seal(inode.checksumSeed()));
        ByteBuffer empty = new NewDirectory(output.block()).seal(inode.checksumSeed());
        for (int i = 1; i < blocks; i++) {
            output.write(first + i, empty);
        }
    }

    /**
     * @return what the superblock keeps a copy of: {@code i_block}
     */
    ByteBuffer makeJournal(long blocks) throws FileException {
        InodeRecord inode = record(JOURNAL, FileKind.REGULAR.modeBits() | 0600, 1);
        List<BlockRun> runs = used.takeRuns(geometry.firstDataBlock(), blocks, NewExtents.LONGEST);
        ByteBuffer map = finish(inode, blocks * geometry.blockBytes(), runs);
        ByteBuffer block = output.block();
        NewJournal.fill(block, blocks, options.uuid());
        output.write(runs.getFirst().first(), block);
        return map;
    }

    static long journalNumber() {
        return JOURNAL;
    }

    void makeResizeInode() throws FileException {
        ResizeInode content = new ResizeInode(geometry);
        InodeRecord inode = record(ResizeInode.NUMBER, FileKind.REGULAR.modeBits() | 0600, 1);
        long block = used.take(geometry.firstDataBlock(), 1);
        content.write(output, block);
        inode.setSize(content.size());
        inode.setSectors(content.blocks() * sectorsPerBlock());
        table.put(inode.mapOffset(), content.map(block), 0, InodeRecord.MAP_BYTES);
        inode.seal();
    }

    private InodeRecord directory(long number, int permissions, int links) {
        return record(number, FileKind.DIRECTORY.modeBits() | permissions, links);
    }

    private InodeRecord record(long number, int mode, int links) {
        int offset = (int) (number - 1) * geometry.inodeBytes();
        InodeRecord inode = new InodeRecord(geometry, number, table, offset);
        inode.clear(0);
        inode.setMode(mode);
        inode.setLinks(links);
        inode.setAccessed(options.nanos());
        inode.setModified(options.nanos());
        inode.setChanged(options.nanos());
        inode.setCreated(options.nanos());
        return inode;
    }

    private ByteBuffer finish(InodeRecord inode, long size, List<BlockRun> runs)
            throws FileException {
        ByteBuffer map;
        boolean needsBlock = NewExtents.needBlock(runs);
        if (needsBlock) {
            ByteBuffer leaf = output.block();
            NewExtents.fillLeaf(leaf, runs, inode.checksumSeed());
            long block = used.take(geometry.firstDataBlock(), 1);
            output.write(block, leaf);
            map = NewExtents.map(block);
        } else {
            map = NewExtents.map(runs);
        }
        inode.setFlags(InodeFlag.EXTENTS);
        inode.setSize(size);
        long blocks = size / geometry.blockBytes() + (needsBlock ? 1 : 0);
        inode.setSectors(blocks * sectorsPerBlock());
        table.put(inode.mapOffset(), map, 0, InodeRecord.MAP_BYTES);
        inode.seal();
        return map;
    }

    private int sectorsPerBlock() {
        return geometry.blockBytes() / InodeRecord.SECTOR_BYTES;
    }
}
