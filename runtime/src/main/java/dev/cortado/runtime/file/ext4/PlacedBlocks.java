package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.cache.FileBlocks;

/** Where a file's blocks are, as its map says; what was asked for last is remembered. */
final class PlacedBlocks implements FileBlocks {
    private final Ext4Inode inode;

    /** The block behind the end of the file. */
    private final long end;

    private long first;
    private Mapping mapping;
    private boolean isForWriting;

    /**
     * @param size of the file: behind it are no blocks
     */
    PlacedBlocks(Ext4Inode inode, long size) {
        this.inode = inode;
        int blockBytes = inode.volume().geometry().blockBytes();
        end = size / blockBytes + (size % blockBytes == 0 ? 0 : 1);
    }

    /**
     * As above, where some of the blocks are to be written.
     *
     * @param block the first of them
     */
    PlacedBlocks(Ext4Inode inode, long size, long block, Mapping written) {
        this(inode, size);
        first = block;
        mapping = written;
        isForWriting = true;
    }

    @Override
    public long place(long block) throws FileException {
        if (!isMapped(block)) {
            if (block >= end) {
                return HOLE;
            }
            mapping = inode.mapping(block);
            first = block;
            isForWriting = false;
        }
        return mapping.hasBytes() ? mapping.place() + (block - first) : HOLE;
    }

    @Override
    public boolean isFresh(long block) {
        return isForWriting && isMapped(block) && mapping.isFresh();
    }

    private boolean isMapped(long block) {
        return mapping != null && block >= first && block - first < mapping.count();
    }
}
