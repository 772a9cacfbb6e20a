package dev.cortado.runtime.file.storage.cache;

import dev.cortado.runtime.file.FileException;

/**
 * Where a file system keeps a file's bytes. It is asked under the locks of whoever reads or writes
 * the file, and under none of the cache; what has been written remembers the answer, so that
 * writing it to the disk asks nobody.
 */
public interface FileBlocks {
    /** No block: zeros are read there. */
    long HOLE = 0;

    /**
     * The block of the disk that keeps a block of the file, or {@link #HOLE}, which is also what
     * there is behind the end of the file. For a write, every block that it touches has a place.
     *
     * @param block of the file, in blocks of the file system
     */
    long place(long block) throws FileException;

    /** Whether the block was given to the file by this very write, so that it is not read first. */
    boolean isFresh(long block);
}
