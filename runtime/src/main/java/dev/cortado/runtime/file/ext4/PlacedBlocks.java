package dev.cortado.runtime.file.ext4;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.ext4.map.Mapping;
import dev.cortado.runtime.file.storage.cache.FileBlocks;

/** Where a file's blocks are, as its map says; what was asked for last is remembered. */
final class PlacedBlocks implements FileBlocks {
    private final Volume volume;
    private final StoredInode inode;

    /** The block behind the end of the file. */
    private final long end;

    private long first;
    private Mapping mapping;
    private boolean isForWriting;

    /**
     * @param size of the file: behind it are no blocks
     */
    PlacedBlocks(Volume volume, StoredInode inode, long size) {
        this.volume = volume;
        this.inode = inode;
        int blockBytes = volume.geometry().blockBytes();
        end = size / blockBytes + (size % blockBytes == 0 ? 0 : 1);
    }

    /**
     * As above, where some of the blocks are to be written.
     *
     * @param block the first of them
     */
    PlacedBlocks(Volume volume, StoredInode inode, long size, long block, Mapping written) {
        this(volume, inode, size);
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
            mapping = volume.read(() -> inode.map().lookup(block));
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
